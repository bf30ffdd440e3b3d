"""An administrator takes the second factors of somebody away who lost them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.accounts import factors, roles
from shop.accounts.models import User
from shop.accounts.services.reset_factors import reset_factors
from shop.core.backoffice.asking import Asked


class ResetSecondFactor(Asked):
    kind, name, icon = "customer", "second_factor", "key"
    title = gettext_lazy("Reset the second factor")
    is_serious = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not roles.has_role(request.user, roles.ADMIN):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs: Any) -> User:
        self.person = get_object_or_404(User, pk=kwargs["pk"], erased_at=None)
        return self.person

    def is_possible(self) -> bool:
        """One's own are changed in one's account, with the password."""
        return self.person.pk != self.request.user.pk and bool(factors.strong(factors.factors_of(self.person)))

    def explain(self) -> str:
        return _("Make sure that it is really they who ask: call them back. Their app, passkeys and recovery codes no "
                 "longer work, they are signed out everywhere and get a mail. The password stays.")  # fmt: skip

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        count = reset_factors(user_id=self.person.pk, at=timezone.now())
        self.log(count=count)
        return _("%(name)s signs in with the password alone, or sets up a new second factor.") % {"name": self.person}

    def back(self) -> str:
        return reverse("wagtailusers_users:edit", args=[self.person.pk])
