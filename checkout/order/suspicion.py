"""What makes an order odd enough for a person to look at it before it ships."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from checkout.order.models import Order, OrderEvent

A_DAY = timedelta(days=1)


def why_to_review(order: Order, at: datetime) -> str:
    """In English, for staff; empty when nothing is odd. One query."""
    reasons = [_amount(order), _billed_elsewhere(order), _failed_payments(order, at)]
    return "; ".join(filter(None, reasons))


def _amount(order: Order) -> str:
    most = settings.REVIEW_ABOVE.get(order.currency)
    return "an unusual amount" if most is not None and order.total > most else ""


def _billed_elsewhere(order: Order) -> str:
    """Another state or country than the parcel goes to. PIN codes fit their state: addresses are checked for that."""
    goes, billed = order.address, order.billing_address
    same = all((goes.get(name) or "") == (billed.get(name) or "") for name in ("country", "state"))
    return "" if same else "billed to another state than it goes to"


def _failed_payments(order: Order, at: datetime) -> str:
    """Of this buyer, or for this phone or door, in a day."""
    who = Q(email__iexact=order.email) | (Q(user_id=order.user_id) if order.user_id else Q())
    door = Q(address__street=order.address.get("street", ""), address__pincode=order.address.get("pincode", ""))
    near = Order.objects.filter(who | door | Q(address__phone=order.address.get("phone", "-")))
    lately = near.filter(placed_at__gte=at - timedelta(days=6))  # unpaid, they live for five days
    failed = OrderEvent.objects.filter(
        order__in=lately, kind=OrderEvent.Kind.PAYMENT_FAILED, at__gte=at - A_DAY
    ).count()
    return f"{failed} failed payments in a day" if failed >= settings.REVIEW_FAILED_PAYMENTS else ""
