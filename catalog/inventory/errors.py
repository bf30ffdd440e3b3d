from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict


class OutOfStock(Conflict):
    """Fewer units than wanted. `shortages`: `[{variant_id, sku, requested, available}]`; nothing was reserved."""

    code = "out_of_stock"
    title = _("There are not enough pieces left")

    def __init__(self, shortages: Sequence[dict]) -> None:
        super().__init__(self.title, shortages=list(shortages))

    @property
    def shortages(self) -> list[dict]:
        return self.members["shortages"]


class StockConflict(Conflict):
    """The stock cannot be changed that way: units are reserved for orders."""

    code = "stock_reserved"
    title = _("More pieces are reserved for orders than would be left")


class StockItemExists(Conflict):
    """The variant has a stock item at that location: `id`."""

    code = "stock_item_exists"
    title = _("This variant has stock there already: change that record")


class StockItemInUse(Conflict):
    code = "stock_item_in_use"
    title = _("It has stock, reservations or movements: the ledger keeps it")


class NotHeld(Conflict):
    """Units that were to leave the shelf are not held for that reference. `missing`: variant id → units."""

    code = "stock_not_held"
    title = _("These pieces are not held for it any more")


class NotOut(Conflict):
    """More units were to come back than are out. `missing`: variant id → units."""

    code = "stock_not_out"
    title = _("More pieces would come back than have left")
