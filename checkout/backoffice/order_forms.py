"""What is asked before an order moves on."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checkout.order.models import OrderLine, ReturnLine
from checkout.order.statuses import RefundTo
from checkout.shipping import couriers
from shop.core.money import InvalidAmount, Money


class ShipForm(forms.Form):
    """Who carries it, and how many of each line are in the parcel: all that is left unless something else is typed."""

    courier = forms.ChoiceField(label=_("How it is sent"), required=False)
    courier_name = forms.CharField(label=_("Courier"), max_length=60, required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=80, required=False)
    tracking_url = forms.URLField(label=_("Tracking page"), max_length=400, required=False, assume_scheme="https")
    text = forms.CharField(
        label=_("A word for the buyer"),
        max_length=500,
        required=False,
        help_text=_("Optional. It stands with the order."),
    )

    def __init__(self, *args: Any, lines: Sequence[OrderLine] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(courier.code, courier.name or _("Booked by hand")) for courier in couriers.offered()]
        self.fields["courier"].choices = choices
        if len(choices) == 1:
            self.fields["courier"].widget = forms.HiddenInput()
        else:
            for name in ("courier_name", "tracking_number", "tracking_url"):
                self.fields[name].help_text = _("For parcels that are booked by hand.")
        self.fields["courier"].initial = choices[0][0]
        self.lines = [line for line in lines if line.unshipped]
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = self._how_many(line)
        self.order_fields([f"line_{line.pk}" for line in self.lines])

    @staticmethod
    def _how_many(line: OrderLine) -> forms.IntegerField:
        options = line.options_text and f", {line.options_text}"
        return forms.IntegerField(
            label=f"{line.name}{options}", min_value=0, max_value=line.unshipped, initial=line.unshipped, required=False,
            help_text=_("%(left)s left to ship. 0 leaves it for another parcel.") % {"left": line.unshipped},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if self.lines and not self.errors and not any(self.items.values()):
            self.add_error(None, _("Nothing is in the parcel."))
        return typed

    @property
    def items(self) -> dict[int, int]:
        typed = {line: self.cleaned_data.get(f"line_{line.pk}") for line in self.lines}
        return {line.pk: line.unshipped if count is None else count for line, count in typed.items()}


class DeliverForm(forms.Form):
    """Paid ahead: nothing to ask."""


class CollectForm(forms.Form):
    """Cash on delivery."""

    OUTCOMES = [("collected", _("Delivered, cash collected")), ("refused", _("Refused at the door"))]
    outcome = forms.ChoiceField(label=_("What happened at the door?"), choices=OUTCOMES, widget=forms.RadioSelect)


def where_to(initial: str = RefundTo.SOURCE) -> forms.ChoiceField:
    """Where money goes back to. Forms of a guest's order leave it out."""
    choices = [(RefundTo.SOURCE, _("The way it was paid")), (RefundTo.STORE_CREDIT, _("As store credit of the buyer"))]
    return forms.ChoiceField(
        label=_("The money goes back"), choices=choices, initial=initial, widget=forms.RadioSelect, required=False
    )


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("The buyer sees it with the order."))

    def __init__(self, *args: Any, asks_where_to: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_where_to:
            self.fields["to"] = where_to()


class RefundForm(forms.Form):
    amount = forms.CharField(label=_("Amount"), max_length=20)
    reason = forms.CharField(label=_("Reason"), max_length=255)
    # The same page sent twice gives back once.
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    force = forms.BooleanField(
        label=_("Refund although the buyer asked the bank for the money"), required=False,
        help_text=_("Should the bank decide for the buyer too, the money is gone twice."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, most: Money, is_disputed: bool = False, asks_where_to: bool = False, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        if asks_where_to:
            self.fields["to"] = where_to()
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


class ParcelForm(forms.Form):
    OUTCOMES = [("delivered", _("It was handed over")), ("refused", _("Refused at the door"))]
    outcome = forms.ChoiceField(label=_("What happened at the door?"), choices=OUTCOMES, widget=forms.RadioSelect)


class ApproveForm(forms.Form):
    money = forms.BooleanField(
        label=_("Give the money back instead of an exchange"), required=False,
        help_text=_("Where the wanted piece is sold out."),
    )  # fmt: skip

    def __init__(self, *args: Any, has_exchange: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_exchange:
            del self.fields["money"]


class RejectForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("The buyer reads it."))


class ReceiveForm(forms.Form):
    """What becomes of each line."""

    def __init__(self, *args: Any, lines: Sequence[ReturnLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"line_{line.order_line_id}"] = forms.ChoiceField(
                label=f"{line.quantity} × {line.order_line.name}", choices=ReturnLine.Fate.choices,
                initial=ReturnLine.Fate.RESTOCK, widget=forms.RadioSelect,
            )  # fmt: skip

    @property
    def written_off(self) -> set[int]:
        ids = {line.order_line_id for line in self.lines}
        return {pk for pk in ids if self.cleaned_data[f"line_{pk}"] == ReturnLine.Fate.WRITE_OFF}


class RefundReturnForm(forms.Form):
    with_delivery = forms.BooleanField(label=_("Give back what delivery cost, too"), required=False)
    proof = forms.CharField(label=_("Number of the bank transfer"), max_length=100, required=False)

    def __init__(self, *args: Any, is_cash: bool, delivery: Money | None, wished: str = "", **kwargs: Any) -> None:
        """`wished`: what the buyer chose; empty where there is no choice."""
        super().__init__(*args, **kwargs)
        if wished:
            self.fields["to"] = where_to(wished)
            self.order_fields(["to", "with_delivery", "proof"])
        if delivery is None:
            del self.fields["with_delivery"]
        else:
            self.fields["with_delivery"].help_text = delivery.text()
        if is_cash:
            self.fields["proof"].required = not wished
            self.fields["proof"].help_text = _(
                "The order was paid in cash: transfer the money first, then book it here."
            )
        else:
            del self.fields["proof"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        needs_proof = "proof" in self.fields and typed.get("to") != RefundTo.STORE_CREDIT
        if needs_proof and not self.errors and not typed.get("proof"):
            self.add_error("proof", _("Type the number of the bank transfer."))
        return typed


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for the team"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The buyer never sees it."),
    )  # fmt: skip
