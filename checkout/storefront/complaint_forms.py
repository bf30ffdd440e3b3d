from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checkout.complaint.rules import LONGEST_TEXT
from checkout.complaint.statuses import Kind
from checkout.order.models import Order
from shop.core.dates import date_text


class ComplaintForm(forms.Form):
    """Guests type their address and the order's number; accounts choose among their orders."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For an order: the one you ordered with."),
    )  # fmt: skip
    order = forms.CharField(label=_("Order number"), max_length=24, required=False)
    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("What went wrong, and what would put it right?"), max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip

    def __init__(self, *args: Any, orders: Sequence[Order] | None, locale: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if orders is None:
            return
        del self.fields["email"]
        words = [(order.number, f"{order.number}, {date_text(order.placed_at, locale)}") for order in orders]
        self.fields["order"] = forms.ChoiceField(
            label=_("Order"), choices=[("", _("None of my orders")), *words], required=False
        )
        self.order_fields(["order", "kind", "text"])


class MessageForm(forms.Form):
    use_required_attribute = False
    text = forms.CharField(label=_("Add something"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
