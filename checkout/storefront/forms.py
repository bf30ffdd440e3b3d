"""Forms of the checkout. Shapes only; addresses are judged by the rules of the accounts room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
    idempotency_key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    shown_total = forms.CharField(max_length=30, widget=forms.HiddenInput)
