"""Parcels of an order as the API shows them, read with it in one statement. Rows, as in `seen.py`."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from checkout.order.models import Order
from shop.core.reading import Telling, read_one, time_of

PARCELS = """(
    SELECT json_agg(json_build_array(f.id, f.number, f.courier, f.courier_name, f.tracking_number, f.tracking_url,
                                     f.status, f.shipped_at, f.delivered_at, lines.found, told.found) ORDER BY f.number)
    FROM order_fulfillment f
    LEFT JOIN LATERAL (
        SELECT json_agg(json_build_array(l.id, l.sku, l.name, p.quantity) ORDER BY p.id) AS found
        FROM order_fulfillmentline p JOIN order_orderline l ON l.id = p.order_line_id WHERE p.fulfillment_id = f.id
    ) lines ON true
    LEFT JOIN LATERAL (
        SELECT json_agg(json_build_array(t.at, t.status, t.text, t.place) ORDER BY t.at, t.id) AS found
        FROM order_trackingevent t WHERE t.fulfillment_id = f.id
    ) told ON true
    WHERE f.order_id = order_order.id)"""
STANDING = ("id", "number", "status", "payment_status", "fulfillment_status", "payment_method", "review_reason")
TRACKED = Telling(table="order_order", columns=", ".join(f"order_order.{name}" for name in STANDING) + f", {PARCELS}")


class SeenUnits(NamedTuple):
    """Some units of an order line."""

    pk: int
    sku: str
    name: str
    quantity: int


class SeenTracking(NamedTuple):
    at: datetime
    status: str
    text: str
    place: str


class SeenParcel(NamedTuple):
    pk: int
    number: int
    courier: str
    courier_name: str
    tracking_number: str
    tracking_url: str
    status: str
    shipped_at: datetime
    delivered_at: datetime | None
    lines: tuple[SeenUnits, ...]
    tracking: tuple[SeenTracking, ...]


class TrackedOrder(NamedTuple):
    pk: int
    number: str
    status: str
    payment_status: str
    fulfillment_status: str
    payment_method: str
    review_reason: str
    parcels: tuple[SeenParcel, ...]


def tracked_order(rows: QuerySet[Order]) -> TrackedOrder | None:
    """The only order of a queryset with its parcels. One statement."""
    row = read_one(TRACKED, rows)
    if row is None:
        return None
    *plain, parcels = row
    return TrackedOrder._make((*plain, tuple(_parcel(parcel) for parcel in parcels or ())))


def _parcel(told: list) -> SeenParcel:
    *plain, shipped_at, delivered_at, lines, tracking = told
    more = (
        time_of(shipped_at),
        time_of(delivered_at) if delivered_at else None,
        tuple(SeenUnits(*line) for line in lines or ()),
        tuple(SeenTracking(time_of(at), *words) for at, *words in tracking or ()),
    )
    return SeenParcel._make((*plain, *more))
