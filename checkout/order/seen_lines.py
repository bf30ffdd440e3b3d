"""Lines of orders as those see them who sold them: nothing of who ordered. Rows, as in `seen.py`."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from shop.core.reading import Part, Telling, read_part


class SoldLine(NamedTuple):
    """The statuses are the order's."""

    pk: int
    product_id: int
    variant_id: int
    sku: str
    name: str
    quantity: int
    shipped: int
    returned: int
    price: int
    total: int
    number: str
    placed_at: datetime
    currency: str
    status: str
    payment_status: str
    fulfillment_status: str
    payment_method: str
    review_reason: str


OF_LINE, OF_ORDER = ("id", *SoldLine._fields[1:10]), SoldLine._fields[10:]
LINES = Telling(
    table="order_orderline",
    columns=", ".join([f"order_orderline.{name}" for name in OF_LINE] + [f"order_order.{name}" for name in OF_ORDER]),
    told_by="JOIN order_order ON order_order.id = order_orderline.order_id",
)


def sold_lines(part: Part) -> tuple[list[SoldLine], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(LINES, part)
    return [SoldLine._make(row) for row in rows], count
