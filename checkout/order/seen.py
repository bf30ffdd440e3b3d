"""Orders as they are shown, with all that hangs on them, read in one statement.

Rows, not models: nothing of them can be saved. Their names are those of the models, so that the same rules and the same
JSON take both.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from checkout.order.models import Order
from shop.core.reading import Part, Telling, read_one, read_part, time_of

Row = TypeVar("Row")

LINES = """(
    SELECT json_agg(json_build_array(l.id, l.product_id, l.variant_id, l.sku, l.name, l.options, l.options_text,
                                     l.image_url, l.product_url, l.quantity, l.shipped, l.returned, l.price, l.tax, l.total)
                    ORDER BY l.id)
    FROM order_orderline l WHERE l.order_id = order_order.id)"""
EVENTS = """(
    SELECT json_agg(json_build_array(e.kind, e.at, e.by, e.note) ORDER BY e.at, e.id)
    FROM order_orderevent e WHERE e.order_id = order_order.id)"""
ARRIVED = """(
    SELECT json_agg(json_build_array(l.order_line_id, l.quantity, f.delivered_at))
    FROM order_fulfillment f JOIN order_fulfillmentline l ON l.fulfillment_id = f.id
    WHERE f.order_id = order_order.id AND f.status = 'delivered')"""
DAYS = """(
    SELECT json_build_array(w.min_days, w.max_days) FROM shipping_shippingmethod w
    WHERE w.code = order_order.shipping_method AND w.currency = order_order.currency LIMIT 1)"""
PLAIN = ("id", "number", "user_id", "secret", "email", "status", "payment_status", "fulfillment_status", "currency",
         "subtotal", "discount", "shipping", "tax", "total", "store_credit", "prices_include_tax", "shipping_method",
         "shipping_name", "payment_method", "note", "gift_note", "review_reason", "placed_at", "updated_at")  # fmt: skip
ORDERS = Telling(
    table="order_order",
    columns=", ".join(f"order_order.{name}" for name in PLAIN)
    + f", json_build_array(address, billing_address, {LINES}, {EVENTS}, {ARRIVED}, {DAYS})",
)


class Children(tuple[Row, ...], Generic[Row]):
    """Rows that hang on another one; `.all()` as of a relation that was fetched before."""

    __slots__ = ()

    def all(self) -> Children[Row]:
        return self


class SeenLine(NamedTuple):
    pk: int
    product_id: int
    variant_id: int
    sku: str
    name: str
    options: dict[str, Any]
    options_text: str
    image_url: str
    product_url: str
    quantity: int
    shipped: int
    returned: int
    price: int
    tax: int
    total: int


class SeenEvent(NamedTuple):
    kind: str
    at: datetime
    by: str
    note: str


class Arrived(NamedTuple):
    """Units of a line that a parcel brought."""

    line: int
    quantity: int
    at: datetime | None


class SeenOrder(NamedTuple):
    pk: int
    number: str
    user_id: int | None
    secret: UUID
    email: str
    status: str
    payment_status: str
    fulfillment_status: str
    currency: str
    subtotal: int
    discount: int
    shipping: int
    tax: int
    total: int
    store_credit: int
    prices_include_tax: bool
    shipping_method: str
    shipping_name: str
    payment_method: str
    note: str
    gift_note: str
    review_reason: str
    placed_at: datetime
    updated_at: datetime
    address: dict[str, str]
    billing_address: dict[str, str]
    lines: Children[SeenLine]
    events: Children[SeenEvent]
    arrived: tuple[Arrived, ...]
    days: tuple[int, int] | None  # least and most, from placing to the door; None where its way is gone


def seen_orders(part: Part) -> tuple[list[SeenOrder], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(ORDERS, part)
    return [_seen(row) for row in rows], count


def seen_order(rows: QuerySet[Order]) -> SeenOrder | None:
    """The only one of a queryset. One statement."""
    row = read_one(ORDERS, rows)
    return _seen(row) if row else None


def _seen(row: tuple) -> SeenOrder:
    *plain, (address, billing, lines, events, arrived, days) = row
    more = (
        address,
        billing,
        Children(SeenLine(*line) for line in lines or ()),
        Children(SeenEvent(kind, time_of(at), by, note) for kind, at, by, note in events or ()),
        tuple(Arrived(line, quantity, time_of(at) if at else None) for line, quantity, at in arrived or ()),
        tuple(days) if days else None,
    )
    return SeenOrder._make((*plain, *more))
