"""Which notices orders have, and the placeholders that their texts may name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from checkout.order.notices import english, hindi
from shop.core.money import format_money
from shop.notifications.kinds import Kind, Topic, register

ABOUT = {"number": "OS-24183", "name": "Asha", "total": "₹698", "to_pay": "₹698", "arrival": "With you by Saturday, 24 October.",
         "state": "Cancelled. Your ₹698 is on its way back to you.", "due": ""}  # fmt: skip
PARCEL = {"parcel": "Blue Dart: 50712345678"}
AMOUNT = {"amount": "₹649"}
ANSWER = {"answer": "The courier comes on Monday between 10 and 1."}
KINDS = {
    "order_placed": (gettext_lazy("Order placed"), {}),
    "order_to_pay": (gettext_lazy("Order placed, to be paid"), {}),
    "order_cash": (gettext_lazy("Paid on delivery after all"), {}),
    "cash_code": (gettext_lazy("Code to confirm cash on delivery"), {"code": "482913"}),
    "order_look_up": (gettext_lazy("Order looked up"), {"link_note": "The link works for a day."}),
    "order_paid": (gettext_lazy("Order paid"), {}),
    "payment_failed": (gettext_lazy("Payment failed"), {}),
    "order_shipped": (gettext_lazy("Shipped"), PARCEL),
    "out_for_delivery": (gettext_lazy("Out for delivery"), PARCEL),
    "order_delivered": (gettext_lazy("Delivered"), PARCEL),
    "order_cancelled": (gettext_lazy("Order cancelled"), {}),
    "refund_started": (gettext_lazy("Refund started"), AMOUNT),
    "refund_done": (gettext_lazy("Refund done"), AMOUNT),
    "return_requested": (gettext_lazy("Return asked for"), ANSWER),
    "return_approved": (gettext_lazy("Return approved"), ANSWER),
    "return_rejected": (gettext_lazy("Return rejected"), ANSWER),
    "return_received": (gettext_lazy("Return arrived"), ANSWER),
    "return_refunded": (gettext_lazy("Return refunded"), ANSWER | AMOUNT),
    "exchange_packed": (gettext_lazy("Exchange packed"), {"replacement": "OS-24190"}),
}
STAFF = {"refund_failed": (gettext_lazy("Refund failed (to staff)"), AMOUNT | {"reason": "account closed"})}


def _kind(name: str, label: Any, more: dict[str, str], topic: Topic) -> Kind:
    texts = {"en": english.TEXTS[name], "hi": hindi.TEXTS[name]}
    lines = {"details": "order_lines", "sample_details": sample_order} if topic == Topic.ORDERS else {}
    return Kind(name, label, topic, ABOUT | more, texts, **lines)  # type: ignore[arg-type]


def sample_order(locale: str) -> dict[str, Any]:
    """An order that nobody placed, for previews."""
    with override(locale):
        return {
            "order": {
                "items": [{"quantity": 1, "name": "Chai mug", "options_text": "Indigo",
                           "line_total_text": format_money(64900, "INR", locale)}],
                "discounts": [],
                "shipping_text": format_money(4900, "INR", locale),
                "total_text": format_money(69800, "INR", locale),
                "tax_text": format_money(6954, "INR", locale, paise=True),
                "address": {"lines": ["Asha Rao", "14, 3rd Cross, Indiranagar", "Bengaluru 560038", "Karnataka"]},
                "payment": {"text": _("Paid online")},
            }
        }  # fmt: skip


def register_kinds() -> None:
    register(
        *(_kind(name, *facts, Topic.ORDERS) for name, facts in KINDS.items()),
        *(_kind(name, *facts, Topic.STAFF) for name, facts in STAFF.items()),
    )
