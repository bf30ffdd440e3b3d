"""What can still be done with an order, told beside it: a client shows the buttons that will work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from checkout.order.models import Order
from checkout.order.prospects import Prospects, prospects_of


class ArrivalSerializer(serializers.Serializer):
    earliest_date = serializers.DateField()
    latest_date = serializers.DateField(help_text="With the buyer by this day, as letters and pages say")


class ProspectsSerializer(serializers.Serializer):
    can_cancel = serializers.BooleanField()
    can_pay = serializers.BooleanField(help_text="It waits for an online payment")
    can_change_address = serializers.BooleanField()
    can_return = serializers.BooleanField(help_text="Something of it can be sent back now")
    cash_code_wanted = serializers.BooleanField(help_text="It waits for the buyer's code: POST …/confirm/")
    arrival = ArrivalSerializer(
        required=False, allow_null=True, help_text="Null where no day is promised; not in the answer to placing"
    )


def with_prospects(orders: Sequence[Order], as_json: Callable[[Order], dict[str, Any]]) -> list[dict[str, Any]]:
    """Orders (lines and events prefetched) as JSON. At most two queries for all of them."""
    known = prospects_of(orders, timezone.now())
    return [as_json(order) | _rights(known[order.pk]) | _arrival(known[order.pk]) for order in orders]


def just_placed(order: Order, as_json: Callable[[Order], dict[str, Any]]) -> dict[str, Any]:
    """Without `arrival`, for which the database would be asked once more while somebody waits. No query."""
    return as_json(order) | _rights(prospects_of([order], timezone.now(), with_days=False)[order.pk])


def _rights(prospects: Prospects) -> dict[str, Any]:
    return {
        "can_cancel": prospects.can_cancel,
        "can_pay": prospects.can_pay,
        "can_change_address": prospects.can_change_address,
        "can_return": prospects.can_return,
        "cash_code_wanted": prospects.cash_code_wanted,
    }


def _arrival(prospects: Prospects) -> dict[str, Any]:
    days = prospects.arrival
    return {"arrival": {"earliest_date": days[0], "latest_date": days[1]} if days else None}
