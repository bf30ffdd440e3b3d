from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from checkout.cart.errors import NotEnough, NotForSale, TooManyOfOne
from checkout.cart.models import MAX_QUANTITY, CartLine
from checkout.cart.services.put_product import put_product
from checkout.order.models import Order, OrderLine
from shop.core.api.caller import Caller, hash_token
from shop.core.context import ShopContext
from shop.core.errors import Invalid


@dataclass(frozen=True)
class Left:
    """What could not be put into the cart, and how many of it."""

    line: OrderLine
    quantity: int


@dataclass(frozen=True)
class Bought:
    """`new_token`: what a guest whose cart was made now is to keep."""

    put: int
    left: list[Left]
    new_token: str = ""


def buy_again(*, order: Order, caller: Caller, context: ShopContext) -> Bought:
    """Fill the caller's cart up to what was ordered, at today's prices; what is not for sale any more stays out.
    Again: no effect, as long as nothing was taken out. Refuses nothing. Locks: each line, by its upsert.
    """
    put, left, new_token = 0, [], ""
    for line in order.lines.order_by("pk"):
        wanted = min(line.quantity, MAX_QUANTITY) - _in_cart(caller, line)
        missing, token = _fill(line, wanted, caller, context) if wanted > 0 else (0, "")
        put += max(wanted, 0) - missing
        if token:
            new_token, caller = token, replace(caller, cart_token_hash=hash_token(token))
        if missing:
            left.append(Left(line, missing))
    return Bought(put, left, new_token)


def _in_cart(caller: Caller, line: OrderLine) -> int:
    whose = {"cart__user": caller.user} if caller.user else {"cart__token_hash": caller.cart_token_hash or "-"}
    there = CartLine.objects.filter(variant_id=line.variant_id, **whose).values_list("quantity", flat=True).first()
    return there or 0


def _fill(line: OrderLine, wanted: int, caller: Caller, context: ShopContext) -> tuple[int, str]:
    """How many are missing then, and the token of a cart that had to be made."""
    put = partial(put_product, caller=caller, product_id=line.product_id, variant_id=line.variant_id, context=context)
    there, quantity = _in_cart(caller, line), wanted
    for _attempt in range(3):  # there may be fewer than wanted, an order may hold fewer still, and somebody be quicker
        try:
            return wanted - quantity, put(quantity=quantity).new_token
        except NotEnough as short:
            quantity = short.members["available"] - there
        except TooManyOfOne as limited:
            quantity = limited.members["max_quantity"] - there
        except (NotForSale, Invalid):
            break
        if quantity <= 0:
            break
    return wanted, ""
