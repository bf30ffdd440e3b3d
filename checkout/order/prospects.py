"""What can still be done with orders, and when they arrive: the same rules that refuse what is too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from checkout.order.models import Order
from checkout.order.returnable import returnable_of
from checkout.order.rules import is_cancellable, is_payable, may_change_address, waits_for_code
from checkout.shipping.selectors import days_of

F = Order.FulfillmentStatus


@dataclass(frozen=True)
class Prospects:
    """`arrival`: the first and the last day on which it is promised; None where nothing is promised (any more)."""

    can_cancel: bool
    can_pay: bool
    can_change_address: bool
    can_return: bool
    cash_code_wanted: bool
    arrival: tuple[date, date] | None


def prospects_of(orders: Sequence[Order], at: datetime, *, with_days: bool = True) -> dict[int, Prospects]:
    """By order id; lines must be prefetched. One query for those that were sent, and one for days of delivery where the
    orders do not bring them (`with_details`)."""
    arrived = returnable_of([order for order in orders if order.fulfillment_status != F.UNFULFILLED], at)
    promised = [order for order in orders if with_days and is_promised(order)]
    days = _days(promised)
    return {
        order.pk: Prospects(
            can_cancel=is_cancellable(order),
            can_pay=is_payable(order),
            can_change_address=may_change_address(order),
            can_return=order.pk in arrived and arrived[order.pk].is_any,
            cash_code_wanted=waits_for_code(order),
            arrival=_arrival(order, days.get((order.shipping_method, order.currency))),
        )
        for order in orders
    }


def _days(orders: Sequence[Order]) -> dict[tuple[str, str], tuple[int, int]]:
    if not all(hasattr(order, "promised_days") for order in orders):
        return days_of({(order.shipping_method, order.currency) for order in orders})
    brought = {(order.shipping_method, order.currency): order.promised_days for order in orders}  # type: ignore[attr-defined]
    return {way: (days["least"], days["most"]) for way, days in brought.items() if days}


def is_promised(order: Order) -> bool:
    """Whether a day can be named: only for what is being packed or under way."""
    going = order.status == Order.Status.PLACED and order.fulfillment_status in (F.UNFULFILLED, F.PARTIAL, F.SHIPPED)
    return going and not is_payable(order) and not order.review_reason


def _arrival(order: Order, days: tuple[int, int] | None) -> tuple[date, date] | None:
    if days is None or not is_promised(order):
        return None
    placed_on = timezone.localdate(order.placed_at)
    return placed_on + timedelta(days=days[0]), placed_on + timedelta(days=days[1])
