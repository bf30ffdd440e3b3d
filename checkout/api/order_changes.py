"""`/api/order/?updated_since=`: what changed since a time, for systems that keep a copy of the orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.request import Request

from catalog.api.cursors import cursor_of, place_of
from catalog.api.paging import address
from catalog.api.parameters import since_of
from checkout.order.models import Order
from checkout.order.seen import SeenOrder, seen_orders
from shop.core.db import settled_at
from shop.core.reading import Part

KIND = "order changes"
NOT_WITH_SINCE = ("status", "page")


def changed_orders(
    request: Request, orders: QuerySet[Order], as_json: Callable[[SeenOrder], dict[str, Any]]
) -> dict[str, Any]:
    """The oldest change first; every page tells the `until` of the first one. Raises Invalid, also for filters: what no
    longer passes one could not be told from what never did. Orders never go, so `deleted` is empty. Two queries."""
    asked, cursor = since_of(request, refused=NOT_WITH_SINCE), request.GET.get("cursor", "")
    until, *after = place_of(cursor, KIND) if cursor else (_iso(settled_at()),)
    changed = orders.filter(updated_at__gte=asked.since)
    part = Part(_after(changed, *after) if after else changed, "updated_at, id", limit=asked.size + 1)
    found, count = seen_orders(part)
    shown = found[: asked.size]
    on = cursor_of(KIND, until, _iso(shown[-1].updated_at), shown[-1].pk) if len(found) > asked.size else ""
    return {
        "count": changed.count() if after else count,
        "next": address(request, cursor=on) if on else None,
        "previous": None,
        "results": [as_json(order) for order in shown],
        "deleted": [],
        "until": until,
    }


def _after(orders: QuerySet[Order], updated_at: str, order_id: int) -> QuerySet[Order]:
    later = Q(updated_at__gt=updated_at) | Q(updated_at=updated_at, pk__gt=order_id)
    return orders.filter(later, updated_at__gte=updated_at)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
