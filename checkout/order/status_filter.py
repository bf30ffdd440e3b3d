from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from checkout.order.models import Order
from shop.core.errors import Invalid

_CANCELLED = Q(status=Order.Status.CANCELLED)
_F = Order.FulfillmentStatus
_UNFULFILLED = ~_CANCELLED & Q(fulfillment_status__in=[_F.UNFULFILLED, _F.PARTIAL])  # not all of it has left
# The API's one word as a condition; `rules.api_status` derives the same word from one order.
CONDITIONS = {
    "pending": _UNFULFILLED & ~Q(payment_status=Order.PaymentStatus.PAID),
    "paid": _UNFULFILLED & Q(payment_status=Order.PaymentStatus.PAID),
    "shipped": ~_CANCELLED & Q(fulfillment_status=_F.SHIPPED),
    "delivered": ~_CANCELLED & Q(fulfillment_status=_F.DELIVERED),
    "returned": ~_CANCELLED & Q(fulfillment_status=_F.RETURNED),
    "cancelled": _CANCELLED,
}


def filter_by_status(orders: QuerySet[Order], status: str) -> QuerySet[Order]:
    """Orders of one API status; no status, all orders. Raises Invalid for an unknown word."""
    if not status:
        return orders
    if status not in CONDITIONS:
        raise Invalid(errors={"status": [_("One of: %(known)s.") % {"known": ", ".join(CONDITIONS)}]})
    return orders.filter(CONDITIONS[status])
