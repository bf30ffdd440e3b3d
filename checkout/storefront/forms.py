"""Forms of the checkout. Shapes only; addresses are judged by the rules of the accounts room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checkout.order.exchangeable import Choice
from checkout.order.models import OrderLine
from checkout.order.statuses import RefundTo
from shop.accounts.rules import FIELDS
from shop.accounts.storefront.forms import AddressForm

TOLD = {
    "email": _("Write your e-mail address: the confirmation goes there."),
    "name": _("Write who it is for."),
    "phone": _("Write a mobile number that the rider can call."),
    "pincode": _("Write the PIN code: 6 digits."),
    "city": _("Write the town."),
    "state": _("Choose the state."),
    "street": _("Write house and street."),
}


class CheckoutAddressForm(AddressForm):
    """Asks guests for an e-mail address, and others whether to keep the address."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    save_address = forms.BooleanField(label=_("Keep this address for next time"), required=False)

    def __init__(self, *args: Any, known_email: str = "", signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_default"]
        if known_email:
            del self.fields["email"]
        if not signed_in:
            del self.fields["save_address"]
        self.order_fields(["email", "phone", "name", "pincode", "city", "state", "street", "landmark"])
        for name, message in TOLD.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = message

    @property
    def address(self) -> dict[str, str]:
        """The snapshot, once valid."""
        return {field: self.cleaned_data.get(field, "") for field in FIELDS}


class ChoiceForm(forms.Form):
    """One radio button of several that stand in the template."""

    name = ""
    label: Any = ""
    told: Any = ""

    def __init__(self, data: Any, codes: list[str]) -> None:
        super().__init__(data)
        self.fields[self.name] = forms.ChoiceField(
            label=self.label,
            choices=[(code, code) for code in codes],
            error_messages={"required": self.told, "invalid_choice": self.told},
        )

    @property
    def chosen(self) -> dict[str, str]:
        return {self.name: self.cleaned_data[self.name]}


class DeliveryForm(ChoiceForm):
    name, label, told = "shipping_method", _("Delivery"), _("Choose one of the ways below.")


class PaymentForm(ChoiceForm):
    name, label, told = "payment_method", _("Payment"), _("Choose one of the ways below.")


class ReviewForm(forms.Form):
    note = forms.CharField(
        label=_("A word for us or the rider"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    gift_note = forms.CharField(
        label=_("A note to go with a gift"),
        max_length=300,
        required=False,
        help_text=_("We print it on the slip in the parcel."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    idempotency_key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    shown_total = forms.CharField(max_length=30, widget=forms.HiddenInput)


class OrderAddressForm(AddressForm):
    """Where an order that has not left goes."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_default"]

    @property
    def address(self) -> dict[str, str]:
        return {field: self.cleaned_data.get(field, "") for field in FIELDS}


REASONS = [
    ("It arrived broken", _("It arrived broken")),
    ("It is not what I ordered", _("It is not what I ordered")),
    ("It does not fit", _("It does not fit")),
    ("I do not like it", _("I do not like it")),
    ("Something else", _("Something else")),
]


def where_to() -> forms.ChoiceField:
    """Where a buyer's money goes back to. Forms of a guest's order, or of one without money, leave it out."""
    return forms.ChoiceField(
        label=_("Where should the money go?"), widget=forms.RadioSelect, initial=RefundTo.SOURCE, required=False,
        choices=[(RefundTo.SOURCE, _("Back the way I paid")), (RefundTo.STORE_CREDIT, _("Into my store credit"))],
    )  # fmt: skip


class CancelForm(forms.Form):
    """Where the money of a paid order goes; else nothing is asked, and what is sent all the same is not read."""

    use_required_attribute = False

    def __init__(self, *args: Any, may_choose_credit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_choose_credit:
            self.fields["refund_to"] = where_to()

    @property
    def refund_to(self) -> str:
        return self.cleaned_data.get("refund_to") or RefundTo.SOURCE


class ReturnForm(forms.Form):
    """How many of each line come back, and why. Only lines of which something can be sent back are asked for."""

    use_required_attribute = False
    why = forms.ChoiceField(
        label=_("Why does it come back?"), choices=REASONS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason that fits best.")},
    )  # fmt: skip
    refund_to = where_to()
    more = forms.CharField(
        label=_("Tell us more"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, lines: Iterable[OrderLine], most: Mapping[int, int],
        choices: Mapping[int, Sequence[Choice]], may_have_credit: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        if not may_have_credit:
            del self.fields["refund_to"]
        self.most = {line.pk: most[line.pk] for line in lines if most.get(line.pk)}
        for line in lines:
            if most.get(line.pk):
                self.fields[f"line_{line.pk}"] = self._how_many(line, most[line.pk])
                if there := [choice for choice in choices.get(line.pk, []) if choice.available > 0]:
                    self.fields[f"swap_{line.pk}"] = self._instead(line, there)
        named = [name for pk in self.most for name in (f"line_{pk}", f"swap_{pk}")]
        self.order_fields([*named, "why", "more", "refund_to"])

    @staticmethod
    def _how_many(line: OrderLine, most: int) -> forms.Field:
        choices = [(number, str(number)) for number in range(most + 1)]
        name = f"{line.name} ({line.options_text})" if line.options_text else line.name
        return forms.TypedChoiceField(label=name, choices=choices, coerce=int)

    @staticmethod
    def _instead(line: OrderLine, there: Sequence[Choice]) -> forms.Field:
        """Money, or a piece of the same kind."""
        same = _("The same again")
        pieces = [(c.variant.pk, same if c.variant.pk == line.variant_id else c.options_text) for c in there]
        return forms.TypedChoiceField(
            label=_("For %(name)s you would like") % {"name": line.name}, choices=[("", _("The money back")), *pieces],
            coerce=int, empty_value=None, required=False,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not self.items:
            self.add_error(None, _("Say which pieces, and how many of each."))
        return typed

    @property
    def items(self) -> dict[int, int]:
        wanted = {pk: self.cleaned_data.get(f"line_{pk}") or 0 for pk in self.most}
        return {pk: quantity for pk, quantity in wanted.items() if quantity}

    @property
    def exchanges(self) -> dict[int, int]:
        wanted = {pk: self.cleaned_data.get(f"swap_{pk}") for pk in self.items}
        return {pk: variant for pk, variant in wanted.items() if variant}

    @property
    def reason(self) -> str:
        return ". ".join(filter(None, (self.cleaned_data["why"], self.cleaned_data.get("more", "").strip())))


class LookUpForm(forms.Form):
    use_required_attribute = False
    number = forms.CharField(
        label=_("Order number"), max_length=24, help_text=_("As it stands in every letter: OS-24183."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the number of the order.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The one you ordered with."),
    )  # fmt: skip
