"""How often carts are written and orders placed: wide per network address, where many may sit behind one (decision 14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from checkout.order.models import Order
from checkout.order.rules import STOCK_HELD_FOR
from checkout.order.services.hold_stock import is_held
from shop.core.api.caller import Caller
from shop.core.limits import Limit, count_address, count_told

Begun = TypeVar("Begun")
HELD_FOR = round(STOCK_HELD_FOR.total_seconds())
ORDERS_OF_ADDRESS = Limit("orders_of_address", 120, 60)
CARTS_OF_ADDRESS = Limit("new_carts_of_address", 120, 60)
WRITES_OF_CART = Limit("writes_of_cart", 120, 60)
# Whoever does not pay takes from others what they would buy.
UNPAID_OF_ADDRESS = Limit(
    "unpaid_orders_of_address", 30, HELD_FOR,
    said=_("Many orders from your network are not paid yet. Pay or cancel yours, or try again in a while."),
)  # fmt: skip


def place_counted(request: Any, place: Callable[[], Order]) -> Order:
    """Place an order that holds stock without being paid only while there are few of them from this address. What is paid
    or cancelled counts no more (`checkout.order.limit_subscribers`). Raises TooMany, and what `place` raises."""
    count_address(ORDERS_OF_ADDRESS, request)
    unpaid = count_address(UNPAID_OF_ADDRESS, request)
    try:
        order = place()
    except Exception:
        unpaid.take_back()
        raise
    if order.payment_status == Order.PaymentStatus.PENDING:
        unpaid.remember(order.reference, seconds=HELD_FOR)
    else:
        unpaid.take_back()
    return order


def begin_counted(request: Any, order: Order, begin: Callable[[], Begun]) -> Begun:
    """Begin to pay. An order whose time has run out takes its pieces again, and counts like one that is placed now.
    Raises TooMany, and what `begin` raises."""
    if is_held(order):
        return begin()
    unpaid = count_address(UNPAID_OF_ADDRESS, request)
    try:
        return begin()
    finally:
        if is_held(order):  # also where the gateway did not answer afterwards
            unpaid.remember(order.reference, seconds=HELD_FOR)
        else:
            unpaid.take_back()


def count_cart_write(request: Any, caller: Caller) -> None:
    """By cart; a guest without one is about to get one, and is counted by address. Raises TooMany."""
    if caller.user is None and caller.cart_token_hash is None:
        count_address(CARTS_OF_ADDRESS, request)
    else:
        count_told(
            WRITES_OF_CART, f"user:{caller.user.pk}" if caller.user else f"cart:{caller.cart_token_hash}", request
        )
