"""Amounts as people type them in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shop.core.money import InvalidAmount, Money


class AmountField(forms.CharField):
    """A decimal such as `1,299.00`. Its currency is known to the form only: read it with `read_amount`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 20} | kwargs))
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}


def read_amount(form: forms.Form, field: str, currency: str, *, least: int = 0) -> int | None:
    """Minor units of what was typed; None for nothing. What is wrong becomes an error of the field."""
    typed = (form.cleaned_data.get(field) or "").strip().replace(",", "")
    if not typed:
        return None
    try:
        amount = Money.parse(typed, currency)
    except InvalidAmount:
        form.add_error(field, _("Type an amount such as %(example)s.") % {"example": Money(129900, currency)})
        return None
    if amount.minor < least:
        form.add_error(field, _("That is too little."))
        return None
    return amount.minor
