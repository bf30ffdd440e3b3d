from __future__ import annotations

from django import forms

from checkout.cart.models import MAX_QUANTITY

LARGEST_ID = 2**53


class AddForm(forms.Form):
    product = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    variant = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=MAX_QUANTITY, required=False)

    def clean_quantity(self) -> int:
        return self.cleaned_data["quantity"] or 1


class LineForm(forms.Form):
    """`quantity` as typed, `step` of a button that adds to it, or `remove`."""

    quantity = forms.IntegerField(min_value=0, max_value=MAX_QUANTITY, required=False)
    step = forms.TypedChoiceField(choices=[("1", "+"), ("-1", "−")], coerce=int, required=False, empty_value=0)  # type: ignore[arg-type]
    remove = forms.BooleanField(required=False)

    def wanted(self, quantity_now: int) -> int | None:
        """How many there shall be; None when that cannot be told."""
        if not self.is_valid():
            return None
        if self.cleaned_data["remove"]:
            return 0
        typed = self.cleaned_data["quantity"]
        return max((quantity_now if typed is None else typed) + self.cleaned_data["step"], 0)
