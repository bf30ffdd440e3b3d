from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.core.backoffice.asking import Asked
from shop.notifications.models import NoticeText
from shop.notifications.services.send_test import send_test


class SendTest(Asked):
    kind, name, icon = "notice_text", "test", "mail"
    permissions = ("notifications.change_noticetext",)
    title = gettext_lazy("Send me a test")

    def find(self, **kwargs: Any) -> NoticeText:
        self.row = get_object_or_404(NoticeText, pk=kwargs["pk"])
        return self.row

    def explain(self) -> str:
        return _("A letter with a sample order goes to %(email)s.") % {"email": self.request.user.email or "–"}

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        send_test(text_id=self.row.pk, to=self.request.user)
        return _("It is on its way to %(email)s.") % {"email": self.request.user.email}

    def back(self) -> str:
        return reverse("wagtailsnippets_notifications_noticetext:edit", args=[self.row.pk])
