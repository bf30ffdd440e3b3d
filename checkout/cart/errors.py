from __future__ import annotations

from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict, Invalid


class NotEnough(Conflict):
    """More than is for sale; `available` units are."""

    code = "out_of_stock"
    title = _("There are not that many left")

    def __init__(self, *, available: int, sku: str) -> None:
        text = _("Only %(available)s left.") if available else _("This is sold out.")
        super().__init__(text % {"available": available} if available else text, available=available, sku=sku)


def most_text(most: int) -> str:
    return said("At most %(most)s of this in an order.") % {"most": most}


class TooManyOfOne(Invalid):
    """More of one kind than an order may hold, although there are that many: `max_quantity`."""

    code = "quantity_limit"
    title = _("More of one kind than an order may hold")

    def __init__(self, *, max_quantity: int, sku: str) -> None:
        text = most_text(max_quantity)
        super().__init__(text, errors={"quantity": [text]}, max_quantity=max_quantity, sku=sku)


class NotForSale(Conflict):
    """Listed, but not sold: no price in this currency, or taken off sale."""

    code = "not_for_sale"
    title = _("This is not for sale at the moment")
