from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from catalog.inventory.selectors import available_for
from catalog.pricing.selectors import prices_for
from catalog.product.models import Variant
from checkout.cart.errors import NotEnough, NotForSale
from checkout.cart.models import MAX_QUANTITY, Cart, CartLine
from shop.core.context import ShopContext
from shop.core.errors import Invalid, NotThere

_UPSERT = """
INSERT INTO cart_cartline (cart_id, variant_id, quantity, shown_price, added_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (cart_id, variant_id) DO UPDATE
SET quantity = cart_cartline.quantity + EXCLUDED.quantity, shown_price = EXCLUDED.shown_price
RETURNING id, quantity, xmax = 0
"""


def add_line(*, cart: Cart, variant: Variant, quantity: int, context: ShopContext) -> tuple[int, bool]:
    """Put units into a cart, adding to the line that is there; returns the line's id and whether it is new.

    Raises Invalid above 999, NotForSale, NotEnough with what is left. Locks: the line, by the upsert.
    """
    check_quantity(quantity)
    price = _price_of(variant, quantity, context)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_UPSERT, [cart.pk, variant.pk, quantity, price, timezone.now()])
        line_id, total, is_new = cursor.fetchone()
        check_quantity(total)
        refuse_shortage(variant, total)
    return line_id, is_new


def set_quantity(*, line: CartLine, quantity: int, context: ShopContext) -> None:
    """Set a line to so many units; 0 removes it. Raises as `add_line`."""
    if quantity == 0:
        CartLine.objects.filter(pk=line.pk).delete()
        return
    check_quantity(quantity)
    price = _price_of(line.variant, quantity, context)
    refuse_shortage(line.variant, quantity)
    if not CartLine.objects.filter(pk=line.pk).update(quantity=quantity, shown_price=price):
        raise NotThere


def check_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise Invalid(errors={"quantity": [f"1 to {MAX_QUANTITY}."]})


def refuse_shortage(variant: Variant, quantity: int) -> None:
    available = available_for([variant.pk]).get(variant.pk, 0)
    if available < quantity:
        raise NotEnough(available=max(available, 0), sku=variant.sku)


def _price_of(variant: Variant, quantity: int, context: ShopContext) -> int:
    price = prices_for([variant.pk], context, quantities={variant.pk: quantity}).get(variant.pk)
    if price is None or not variant.active or not variant.core.is_live:
        raise NotForSale
    return price.amount.minor
