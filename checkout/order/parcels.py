"""Parcels and returns of an order as doors show them. Reads; each a fixed number of queries."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from checkout.order.models import Fulfillment, FulfillmentLine, Order, Return, ReturnLine, TrackingEvent


def parcels_of(order: Order) -> list[Fulfillment]:
    """With lines and what the courier told, in the order in which it happened. Three queries."""
    lines = FulfillmentLine.objects.select_related("order_line").order_by("pk")
    tracking = TrackingEvent.objects.order_by("at", "pk")
    parcels = Fulfillment.objects.filter(order_id__in=[order.pk]).order_by("number")
    found = list(parcels.prefetch_related(Prefetch("lines", lines), Prefetch("tracking", tracking)))
    for parcel in found:
        parcel.order = order
    return found


def returns_with_details(returns: QuerySet[Return]) -> QuerySet[Return]:
    """With lines, order, refund and what is sent in exchange."""
    lines = ReturnLine.objects.select_related("order_line", "exchange_for").order_by("pk")
    return returns.select_related("order", "refund", "replacement").prefetch_related(Prefetch("lines", lines))
