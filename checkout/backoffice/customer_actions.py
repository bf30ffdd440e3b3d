"""Disable, enable, give a role: asked for, confirmed, told to the audit log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.backoffice.customer_filters import ROLES, visible_people
from shop.accounts import roles
from shop.accounts.models import User
from shop.accounts.services.change_user import change_user
from shop.core.backoffice.asking import Asked

PERMISSION = "accounts.look_after_customers"


class CustomerAction(Asked):
    kind = "customer"
    permissions = (PERMISSION,)

    def find(self, **kwargs: Any) -> User:
        self.person = get_object_or_404(visible_people(self.request.user), pk=kwargs["pk"])
        return self.person

    def is_possible(self) -> bool:
        return self.person.pk != self.request.user.pk

    def too_late(self) -> str:
        return _("Nobody changes their own account here; nothing was changed.")

    def back(self) -> str:
        return reverse("customers:inspect", args=[self.person.pk])


class SetActivity(CustomerAction):
    """Disables an account that is enabled, and the other way round: the form says which was meant."""

    name, icon = "activity", "user"

    class Form(forms.Form):
        enable = forms.BooleanField(widget=forms.HiddenInput, required=False)

    form_class = Form

    @property
    def title(self) -> str:
        return _("Disable the account") if self.person.is_active else _("Enable the account")

    @property
    def is_serious(self) -> bool:
        return self.person.is_active

    def make_form(self, data: Any = None) -> forms.Form:
        return self.Form(data, initial={"enable": not self.person.is_active})

    def explain(self) -> str:
        if self.person.is_active:
            return _("They are signed out everywhere at once and cannot sign in. Their orders go on.")
        return _("They can sign in again with their password.")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        enable = typed["enable"]
        if self.person.is_active != enable:
            change_user(user_id=self.person.pk, is_active=enable)
            self.log(is_active=enable)
        text = _("%(name)s can sign in again.") if enable else _("%(name)s is signed out and cannot sign in.")
        return text % {"name": self.person}


class SetRole(CustomerAction):
    """For administrators."""

    name, icon = "role", "group"
    title = gettext_lazy("Change the role")
    is_serious = True

    class Form(forms.Form):
        role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES, widget=forms.RadioSelect)

    form_class = Form

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not roles.has_role(request.user, roles.ADMIN):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> forms.Form:
        return self.Form(data, initial={"role": roles.role_of(self.person)})

    def explain(self) -> str:
        return _("What they may do changes at once. A role that is taken away signs them out everywhere.")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        role = typed["role"]
        if roles.role_of(self.person) != role:
            change_user(user_id=self.person.pk, role=role)
            self.log(role=role)
        return _("%(name)s is now: %(role)s.") % {"name": self.person, "role": dict(ROLES)[role]}
