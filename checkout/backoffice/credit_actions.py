"""Store credit given, or taken back, by hand: with a reason that the buyer reads."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.backoffice.customer_actions import CustomerAction
from checkout.credit.selectors import all_credit_of
from checkout.credit.services.grant_credit import grant_credit
from checkout.credit.services.withdraw_credit import withdraw_credit
from checkout.credit.statuses import CreditKind
from checkout.order.models import Order
from checkout.order.selectors import id_of_number
from shop.accounts.models import User
from shop.core.backoffice.typing_money import AmountField, read_amount
from shop.core.money import Money

PERMISSION = "credit.grant_credit"
GIVE, TAKE = "give", "take"


class CreditForm(forms.Form):
    act = forms.ChoiceField(
        label=gettext_lazy("What is to happen?"), initial=GIVE, widget=forms.RadioSelect,
        choices=[(GIVE, gettext_lazy("Give credit")), (TAKE, gettext_lazy("Take credit back"))],
    )  # fmt: skip
    amount = AmountField(label=gettext_lazy("Amount"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    order = forms.CharField(
        label=gettext_lazy("For order"), max_length=20, required=False, help_text=gettext_lazy("Optional: OS-24183.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=255, help_text=gettext_lazy("The buyer reads it.")
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)  # the same page sent twice counts once

    def __init__(self, *args: Any, person: User, order: Order | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["currency"].choices = [(code, code) for code in settings.CURRENCIES]
        self.fields["currency"].initial = order.currency if order else settings.DEFAULT_CURRENCY
        self.fields["order"].initial = order.number if order else ""
        self.fields["once"].initial = secrets.token_hex(16)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if minor := read_amount(self, "amount", typed.get("currency") or settings.DEFAULT_CURRENCY, least=1):
            typed["money"] = Money(minor, typed.get("currency") or settings.DEFAULT_CURRENCY)
        return typed

    def clean_order(self) -> str:
        """The order's reference. Only an order of this person."""
        number = self.cleaned_data["order"].strip()
        if not number:
            return ""
        order = Order.objects.filter(pk=id_of_number(number) or 0, user=self.person).first()
        if order is None:
            raise forms.ValidationError(_("This customer has no such order."))
        return order.reference


class MoveCredit(CustomerAction):
    """From the customer's screen, or with `?order=` from an order's."""

    name, icon = "credit", "tag"
    permissions = (PERMISSION,)
    title = gettext_lazy("Give or take store credit")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = request.GET.get("order", "")
        wanted = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 12 else 0
        self.order = Order.objects.filter(pk=wanted, user=kwargs["pk"]).first()
        return super().dispatch(request, *args, **kwargs)

    def is_possible(self) -> bool:
        return super().is_possible() and self.person.erased_at is None

    def make_form(self, data: Any = None) -> forms.Form:
        return CreditForm(data, person=self.person, order=self.order)

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        money, take = typed["money"], typed["act"] == TAKE
        facts = {"user_id": self.person.pk, "amount": money, "about": typed["order"], "by": by, "at": timezone.now(),
                 "note": typed["reason"], "reference": f"staff:{self.request.user.pk}:{typed['once']}"}  # fmt: skip
        if take:
            withdraw_credit(**facts)
            text = _("%(amount)s of store credit was taken back from %(name)s.")
        else:
            grant_credit(**facts, kind=CreditKind.GRANTED_BY_STAFF)
            text = _("%(name)s has %(amount)s more to spend; a mail tells them.")
        self.log(take=take, amount=str(money), currency=money.currency, reason=typed["reason"])
        return text % {"amount": money.text(), "name": self.person}

    def explain(self) -> str:
        there = ", ".join(money.text() for money in all_credit_of(self.person.pk))
        return _("%(name)s has %(there)s to spend.") % {"name": self.person, "there": there or _("nothing")}

    def back(self) -> str:
        if self.order is not None:
            return reverse("wagtailsnippets_order_order:inspect", args=[self.order.pk])
        return super().back()
