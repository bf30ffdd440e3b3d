"""What can still be done with orders, and when they arrive: the same rules that refuse what is too late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from checkout.order.models import Order
from checkout.order.returnable import count_returnable, returnable
from checkout.order.rules import Standing, is_cancellable, is_payable, may_change_address, waits_for_code
from checkout.order.seen import SeenOrder

F = Order.FulfillmentStatus


class Prospects(NamedTuple):
    """`arrival`: the first and the last day on which it is promised; None where nothing is promised (any more)."""

    can_cancel: bool
    can_pay: bool
    can_change_address: bool
    can_return: bool
    cash_code_wanted: bool
    arrival: tuple[date, date] | None


def prospects_of(order: SeenOrder, at: datetime) -> Prospects:
    """No query."""
    can_return = bool(order.arrived) and count_returnable(order.lines, order.arrived, at).is_any
    return _prospects(order, can_return=can_return, arrival=_arrival(order))


def prospects_when_placed(order: Order, at: datetime) -> Prospects:
    """Without `arrival`, for which the database would be asked once more while somebody waits. No query, but for one that
    was placed before and has been sent."""
    can_return = order.fulfillment_status != F.UNFULFILLED and returnable(order, at).is_any
    return _prospects(order, can_return=can_return, arrival=None)


def _prospects(order: Standing, *, can_return: bool, arrival: tuple[date, date] | None) -> Prospects:
    return Prospects(
        can_cancel=is_cancellable(order),
        can_pay=is_payable(order),
        can_change_address=may_change_address(order),
        can_return=can_return,
        cash_code_wanted=waits_for_code(order),
        arrival=arrival,
    )


def is_promised(order: Standing) -> bool:
    """Whether a day can be named: only for what is being packed or under way."""
    going = order.status == Order.Status.PLACED and order.fulfillment_status in (F.UNFULFILLED, F.PARTIAL, F.SHIPPED)
    return going and not is_payable(order) and not order.review_reason


def _arrival(order: SeenOrder) -> tuple[date, date] | None:
    if order.days is None or not is_promised(order):
        return None
    placed_on = timezone.localdate(order.placed_at, timezone.get_default_timezone())
    return placed_on + timedelta(days=order.days[0]), placed_on + timedelta(days=order.days[1])
