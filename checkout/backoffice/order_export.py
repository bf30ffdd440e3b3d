"""Orders as rows of a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.backoffice.labels import method_name, payment_word
from checkout.order.models import Order
from shop.core.backoffice.spreadsheets import plain_text
from shop.core.money import Money

HEADINGS = {
    "number": _("Number"), "placed_at": _("Placed"), "status": _("Order"), "payment_status": _("Payment"),
    "fulfillment_status": _("Delivery"), "method": _("Paid by"), "name": _("Name"), "email": _("E-mail"),
    "phone": _("Phone"), "city": _("Town"), "state": _("State"), "pincode": _("PIN code"),
    "currency": _("Currency"), "subtotal": _("Subtotal"), "discount": _("Discount"), "shipping": _("Shipping"),
    "tax": _("Tax"), "total": _("Total"), "store_credit": _("Store credit"), "note": _("Note"),
}  # fmt: skip
AMOUNTS = ("subtotal", "discount", "shipping", "tax", "total", "store_credit")


def order_row(order: Order) -> dict[str, Any]:
    """The cells of an order, by column. Amounts are decimals; what people typed cannot become a formula."""
    address = {field: order.address.get(field, "") for field in ("name", "phone", "city", "state", "pincode")}
    return {
        "number": order.number,
        "placed_at": timezone.make_naive(order.placed_at).replace(microsecond=0),  # the shop's own time
        "status": order.get_status_display(),
        "payment_status": payment_word(order),
        "fulfillment_status": order.get_fulfillment_status_display(),
        "method": method_name(order.payment_method),
        "email": plain_text(order.email),
        "note": plain_text(order.note),
        "currency": order.currency,
        **{field: plain_text(value) for field, value in address.items()},
        **{field: Money(getattr(order, field), order.currency).decimal for field in AMOUNTS},
    }
