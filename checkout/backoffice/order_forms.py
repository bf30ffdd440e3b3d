"""What is asked before an order moves on."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.core.money import InvalidAmount, Money


class ShipForm(forms.Form):
    text = forms.CharField(
        label=_("Courier and tracking number"), max_length=500, required=False,
        help_text=_("Optional. The buyer sees it with the order."),
    )  # fmt: skip


class DeliverForm(forms.Form):
    """Paid ahead: nothing to ask."""


class CollectForm(forms.Form):
    """Cash on delivery."""

    OUTCOMES = [("collected", _("Delivered, cash collected")), ("refused", _("Refused at the door"))]
    outcome = forms.ChoiceField(label=_("What happened at the door?"), choices=OUTCOMES, widget=forms.RadioSelect)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("The buyer sees it with the order."))


class RefundForm(forms.Form):
    amount = forms.CharField(label=_("Amount"), max_length=20)
    reason = forms.CharField(label=_("Reason"), max_length=255)
    # The same page sent twice gives back once.
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    force = forms.BooleanField(
        label=_("Refund although the buyer asked the bank for the money"), required=False,
        help_text=_("Should the bank decide for the buyer too, the money is gone twice."),
    )  # fmt: skip

    def __init__(self, *args: Any, most: Money, is_disputed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_disputed:
            del self.fields["force"]
        self.most = most
        self.fields["amount"].initial = str(most)
        self.fields["amount"].label = _("Amount in %(currency)s") % {"currency": most.currency}
        self.fields["amount"].help_text = _("Up to %(most)s can go back.") % {"most": most.text()}
        self.fields["amount"].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        self.fields["once"].initial = secrets.token_hex(16)

    def clean_amount(self) -> Money:
        try:
            amount = Money.parse(self.cleaned_data["amount"].strip().replace(",", ""), self.most.currency)
        except InvalidAmount as problem:
            raise forms.ValidationError(_("Type an amount such as %(most)s.") % {"most": self.most}) from problem
        if not 0 < amount.minor <= self.most.minor:
            raise forms.ValidationError(_("More than nothing, and at most %(most)s.") % {"most": self.most.text()})
        return amount


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for the team"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The buyer never sees it."),
    )  # fmt: skip
