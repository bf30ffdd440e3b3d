from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict


class NotEnough(Conflict):
    """More than is for sale; `available` units are."""

    code = "out_of_stock"
    title = _("There are not that many left")

    def __init__(self, *, available: int, sku: str) -> None:
        text = _("Only %(available)s left.") if available else _("This is sold out.")
        super().__init__(text % {"available": available} if available else text, available=available, sku=sku)


class NotForSale(Conflict):
    """Listed, but not sold: no price in this currency, or taken off sale."""

    code = "not_for_sale"
    title = _("This is not for sale at the moment")
