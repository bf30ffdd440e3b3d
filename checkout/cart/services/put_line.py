from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.product.models import Variant
from checkout.cart.errors import NotEnough, NotForSale, TooManyOfOne
from checkout.cart.models import MAX_QUANTITY, Cart, CartLine
from checkout.cart.selectors import CartItem, items_of
from shop.core.context import ShopContext
from shop.core.errors import Invalid, NotThere

_UPSERT = """
INSERT INTO cart_cartline (cart_id, variant_id, quantity, added_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = cart_cartline.quantity + EXCLUDED.quantity
    WHERE cart_cartline.quantity + EXCLUDED.quantity <= %s
RETURNING id, xmax = 0
"""


def add_line(*, cart: Cart, variant: Variant, quantity: int, context: ShopContext) -> tuple[CartItem, bool]:
    """Put units into a cart, adding to the line that is there; returns the line and whether it is new.

    Raises Invalid above 999, NotForSale, NotEnough with what is left, TooManyOfOne with what an order may hold. Locks: the line, by the upsert.
    """
    _refuse_quantity(quantity)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [cart.pk, variant.pk, quantity, timezone.now(), MAX_QUANTITY])
            written = cursor.fetchone()
        if written is None:
            raise Invalid(errors={"quantity": [_too_many()]})
        line_id, is_new = written
        item = _buyable(cart.pk, line_id, context)
    return item, is_new


def set_quantity(*, line: CartLine, quantity: int, context: ShopContext) -> CartItem | None:
    """Set a line to so many units; 0 removes it (None). Raises as `add_line`, NotThere."""
    if quantity == 0:
        CartLine.objects.filter(pk=line.pk).delete()
        return None
    _refuse_quantity(quantity)
    with transaction.atomic():
        if not CartLine.objects.filter(pk=line.pk).update(quantity=quantity):
            raise NotThere
        return _buyable(line.cart_id, line.pk, context)


def _refuse_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise Invalid(errors={"quantity": [_too_many()]})


def _too_many() -> str:
    return _("1 to %(most)s of one kind.") % {"most": MAX_QUANTITY}


def _buyable(cart_id: int, line_id: int, context: ShopContext) -> CartItem:
    """The line as it stands after the change; what cannot be bought takes the change back."""
    item = items_of(cart_id, context, line_id=line_id)[0]
    if item.price is None:
        raise NotForSale
    if item.available < item.quantity:
        raise NotEnough(available=max(item.available, 0), sku=item.sku)
    if item.most < item.quantity:
        raise TooManyOfOne(max_quantity=item.most, sku=item.sku)
    price = item.price.amount
    CartLine.objects.filter(pk=line_id).update(shown_price=price.minor, shown_currency=price.currency)
    return item
