"""What can still be done with an order, told beside it: a client shows the buttons that will work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from checkout.order.models import Order
from checkout.order.prospects import Prospects, prospects_of, prospects_when_placed
from checkout.order.seen import SeenOrder


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


def with_prospects(order: SeenOrder, as_json: Callable[[SeenOrder], dict[str, Any]]) -> dict[str, Any]:
    """No query."""
    prospects = prospects_of(order, timezone.now())
    return as_json(order) | _rights(prospects) | _arrival(prospects)


def just_placed(order: Order, as_json: Callable[[Order], dict[str, Any]]) -> dict[str, Any]:
    """Without `arrival`."""
    return as_json(order) | _rights(prospects_when_placed(order, timezone.now()))


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
