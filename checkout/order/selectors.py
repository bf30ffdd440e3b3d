"""Reading orders: only ever through who asks."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from checkout.order.models import NUMBERS_BEGIN_AFTER, Order, OrderEvent, OrderLine
from shop.core.api.caller import Caller
from shop.core.errors import NotThere


def orders_of(caller: Caller) -> QuerySet[Order]:
    """The orders that this caller may see as their own. A token that is absent matches nothing, never NULL."""
    mine = Q(pk__in=[])
    if caller.user is not None:
        mine |= Q(user=caller.user)
    if caller.cart_token_hash:
        mine |= Q(cart_token_hash=caller.cart_token_hash, user=None)
    if caller.order_token_hash:
        mine |= Q(token_hash=caller.order_token_hash)
    return Order.objects.filter(mine)


def order_for(caller: Caller, order_id: int) -> Order:
    """One order of the caller. Raises NotThere alike for a foreign and for a missing one."""
    order = orders_of(caller).filter(pk=order_id).first()
    if order is None:
        raise NotThere
    return order


def placed_before(*, caller: Caller, idempotency_key: str) -> Order | None:
    """What the same caller's order with the same key came to."""
    return Order.objects.filter(caller=caller.key, idempotency_key=idempotency_key).first() if idempotency_key else None


def order_of_number(orders: QuerySet[Order], number: str) -> Order:
    """One of these orders with lines and timeline. Raises NotThere."""
    order = with_details(orders.filter(pk=id_of_number(number) or 0)).first()
    if order is None:
        raise NotThere
    return order


def with_details(orders: QuerySet[Order]) -> QuerySet[Order]:
    """With lines and timeline. Three queries."""
    lines = Prefetch("lines", OrderLine.objects.order_by("pk"))
    return orders.prefetch_related(lines, Prefetch("events", OrderEvent.objects.order_by("at", "pk")))


def number_of_id(order_id: int | None) -> str:
    """Of the order with this id; empty without one. No query."""
    return f"OS-{order_id + NUMBERS_BEGIN_AFTER}" if order_id else ""


def id_of_reference(reference: str) -> int | None:
    """`order:42` → 42. None for what names no order."""
    kind, _, pk = reference.partition(":")
    return int(pk) if kind == "order" and pk.isdigit() else None


def id_of_number(number: str) -> int | None:
    """`OS-24183` → the order's id."""
    digits = number.upper().removeprefix("OS-")
    return int(digits) - NUMBERS_BEGIN_AFTER if digits.isascii() and digits.isdigit() and len(digits) < 12 else None
