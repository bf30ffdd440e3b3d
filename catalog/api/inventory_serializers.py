from __future__ import annotations

from typing import Any

from rest_framework import serializers

from catalog.inventory.models import MAX_PER_ORDER, StockMovement
from catalog.inventory.seen import SeenItem, SeenMovement
from catalog.inventory.services.adjust import MOST
from catalog.inventory.services.set_threshold import MOST as MOST_THRESHOLD
from shop.core.api.fields import Instant


class StockItemSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    product = serializers.IntegerField()
    variant = serializers.IntegerField()
    sku = serializers.CharField()
    location = serializers.CharField()
    quantity = serializers.IntegerField(help_text="What lies on the shelf")
    reserved = serializers.IntegerField()
    available = serializers.IntegerField(help_text="quantity − reserved")
    threshold = serializers.IntegerField()
    max_per_order = serializers.IntegerField(
        allow_null=True, help_text="The most that one order may hold of it; null: as many as the shop says"
    )
    is_low = serializers.BooleanField()


class ChangeStockSerializer(serializers.Serializer):
    """`PUT` needs the quantity, `PATCH` something."""

    quantity = serializers.IntegerField(min_value=0, max_value=MOST)
    threshold = serializers.IntegerField(min_value=0, max_value=MOST_THRESHOLD, required=False)
    max_per_order = serializers.IntegerField(min_value=1, max_value=MAX_PER_ORDER, required=False, allow_null=True)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class NewStockSerializer(serializers.Serializer):
    """The variant by id or SKU, or the product where it has only one."""

    product = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    variant = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    sku = serializers.CharField(required=False, max_length=64)
    location = serializers.SlugField(max_length=40, default="main")
    quantity = serializers.IntegerField(min_value=0, max_value=MOST, default=0)
    threshold = serializers.IntegerField(min_value=0, max_value=MOST_THRESHOLD, required=False)
    max_per_order = serializers.IntegerField(min_value=1, max_value=MAX_PER_ORDER, required=False, allow_null=True)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class MovementSerializer(serializers.Serializer):
    """What OpenAPI shows; `movement_json` makes it."""

    id = serializers.IntegerField()
    at = Instant()
    delta = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=StockMovement.Kind.choices)
    reason = serializers.CharField()
    by = serializers.CharField()
    reference = serializers.CharField()


class NewMovementSerializer(serializers.Serializer):
    delta = serializers.IntegerField(min_value=-MOST, max_value=MOST)
    reason = serializers.CharField(max_length=200)

    def validate_delta(self, delta: int) -> int:
        if delta == 0:
            raise serializers.ValidationError("Must not be 0.")
        return delta


def stock_json(item: SeenItem) -> dict[str, Any]:
    return {
        "id": item.pk,
        "product": item.product_id,
        "variant": item.variant_id,
        "sku": item.sku,
        "location": item.location,
        "quantity": item.on_hand,
        "reserved": item.reserved,
        "available": item.available,
        "threshold": item.low_stock_threshold,
        "max_per_order": item.max_per_order,
        "is_low": item.available <= item.low_stock_threshold,
    }


def movement_json(movement: StockMovement | SeenMovement) -> dict[str, Any]:
    return {
        "id": movement.pk,
        "at": movement.at,
        "delta": movement.delta,
        "kind": movement.kind,
        "reason": movement.reason,
        "by": movement.actor,
        "reference": movement.reference,
    }
