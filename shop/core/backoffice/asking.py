"""A step that is asked for (GET) and confirmed (POST), with what will happen and what happens next in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.log_actions import log

from shop.core.errors import Refusal


class Asked(View):
    """One step of one object. A refusal, or a page that is out of date, changes nothing and says so."""

    kind = name = icon = ""  # of the audit log: `order.ship` is kind `order`, name `ship`
    permissions: tuple[str, ...] = ()
    title: Any = ""
    form_class: type[forms.Form] = forms.Form
    is_serious = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(self.permissions):
            raise PermissionDenied
        self.subject = self.find(**kwargs)
        if not self.is_possible():
            messages.warning(request, self.too_late())
            return redirect(self.back())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._ask(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self._ask(form)
        try:
            messages.success(request, self.act(form.cleaned_data, by=request.user.get_username()))
        except Refusal as refusal:
            messages.error(request, _("Nothing was changed: %(why)s") % {"why": refusal.detail})
        return redirect(self.back())

    def find(self, **kwargs: Any) -> Any:
        """What the step is about. Raises Http404."""
        raise NotImplementedError

    def is_possible(self) -> bool:
        return True

    def too_late(self) -> str:
        return _("Not possible any more; nothing was changed.")

    def explain(self) -> str:
        """What will happen, before it does."""
        raise NotImplementedError

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        """Call the use case; returns what is told, with what happens next. Raises Refusal."""
        raise NotImplementedError

    def back(self) -> str:
        raise NotImplementedError

    def make_form(self, data: Any = None) -> forms.Form:
        return self.form_class(data)

    def log(self, **data: Any) -> None:
        log(self.subject, f"{self.kind}.{self.name}", user=self.request.user, data=data)

    def _ask(self, form: forms.Form) -> HttpResponse:
        context = {"subject": str(self.subject), "form": form, "title": self.title, "icon": self.icon,
                   "explanation": self.explain(), "is_serious": self.is_serious, "back": self.back()}  # fmt: skip
        return TemplateResponse(self.request, "backoffice/ask.html", context)
