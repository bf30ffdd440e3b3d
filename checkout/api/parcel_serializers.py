"""Parcels and returns as JSON; pages and the admin show the same facts."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from checkout.api.cart_serializers import StrictInteger, money
from checkout.order.models import Fulfillment, Order, Return
from checkout.order.rules import number_of_return
from checkout.order.seen_parcels import SeenParcel, SeenUnits
from checkout.order.seen_returns import ReturnedUnits, SeenReturn


class ItemQuantitySerializer(serializers.Serializer):
    item_id = StrictInteger(min_value=1, max_value=2**53)
    quantity = StrictInteger(min_value=1, max_value=999)


def _quantities(items: list[dict[str, int]]) -> dict[int, int]:
    wanted = {item["item_id"]: item["quantity"] for item in items}
    if len(wanted) != len(items):
        raise serializers.ValidationError("Name each item once.")
    return wanted


class ShipmentBodySerializer(serializers.Serializer):
    items = ItemQuantitySerializer(many=True, required=False, allow_null=True, help_text="Without it: all that is left")
    courier = serializers.SlugField(max_length=20, required=False, default="manual")
    courier_name = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    tracking_number = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    tracking_url = serializers.URLField(max_length=400, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")

    def validate_items(self, items):
        return None if items is None else _quantities(items)


class ShipmentStatusSerializer(serializers.Serializer):
    needs_all = True
    status = serializers.ChoiceField(choices=["delivered", "refused"])


class ReturnedItemSerializer(ItemQuantitySerializer):
    exchange_for = StrictInteger(
        min_value=1, max_value=2**53, required=False, allow_null=True,
        help_text="Instead of money: a variant of the same product that costs no more",
    )  # fmt: skip


class ReturnBodySerializer(serializers.Serializer):
    items = ReturnedItemSerializer(many=True, allow_empty=False)
    reason = serializers.CharField(max_length=500)
    refund_to = serializers.ChoiceField(
        choices=Return.RefundTo.values, default=Return.RefundTo.SOURCE,
        help_text="Where the money is wanted: the way it was paid, or as store credit of the buyer's account",
    )  # fmt: skip

    def validate(self, body):
        items = body["items"]
        exchanges = {item["item_id"]: item["exchange_for"] for item in items if item.get("exchange_for")}
        return body | {"items": _quantities(items), "exchanges": exchanges}


class ReturnStepSerializer(serializers.Serializer):
    needs_all = True
    status = serializers.ChoiceField(choices=["approved", "rejected", "received", "refunded"])
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="",
                                   help_text="Needed to reject: the buyer reads it")  # fmt: skip
    written_off = serializers.ListField(
        child=StrictInteger(min_value=1, max_value=2**53), required=False, default=list, max_length=200,
        help_text="Of a received return: item ids that are not for sale again",
    )  # fmt: skip
    exchange = serializers.BooleanField(default=True, help_text="Approving: false gives money instead of an exchange")
    refund_to = serializers.ChoiceField(
        choices=Return.RefundTo.values, required=False, help_text="Refunding: else what the buyer chose"
    )
    with_delivery = serializers.BooleanField(default=False, help_text="Refund what delivery cost too")
    proof = serializers.CharField(max_length=100, required=False, allow_blank=True, default="",
                                  help_text="Cash on delivery: number of the bank transfer made by hand")  # fmt: skip


class ShipmentItemSerializer(serializers.Serializer):
    item_id = serializers.IntegerField()
    sku = serializers.CharField()
    name = serializers.CharField()
    quantity = serializers.IntegerField()


class ShipmentEventSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    status = serializers.CharField()
    text = serializers.CharField()
    place = serializers.CharField()


class ShipmentSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.IntegerField(help_text="1, 2, … within the order")
    courier = serializers.CharField()
    tracking_number = serializers.CharField()
    tracking_url = serializers.CharField()
    status = serializers.ChoiceField(choices=Fulfillment.Status.values)
    shipped_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    items = ShipmentItemSerializer(many=True)
    events = ShipmentEventSerializer(many=True)


class TrackingSerializer(serializers.Serializer):
    order_id = serializers.IntegerField()
    number = serializers.CharField()
    status = serializers.CharField()
    fulfillment_status = serializers.ChoiceField(choices=Order.FulfillmentStatus.values)
    shipments = ShipmentSerializer(many=True)


class WantedSerializer(serializers.Serializer):
    variant_id = serializers.IntegerField()
    sku = serializers.CharField()


class ReplacementSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.CharField()


class ReturnItemSerializer(serializers.Serializer):
    item_id = serializers.IntegerField()
    sku = serializers.CharField()
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    amount = serializers.CharField()
    fate = serializers.CharField(help_text="restock or write_off once received, else empty")
    exchange_for = WantedSerializer(allow_null=True)


class ReturnRefundSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    amount = serializers.CharField()
    currency = serializers.CharField()
    status = serializers.CharField()
    to = serializers.ChoiceField(choices=Return.RefundTo.values)


class ReturnSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.CharField()
    order_id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=Return.Status.values)
    items = ReturnItemSerializer(many=True)
    reason = serializers.CharField()
    answer = serializers.CharField()
    amount = serializers.CharField()
    currency = serializers.CharField()
    requested_at = serializers.DateTimeField()
    refund_to = serializers.ChoiceField(choices=Return.RefundTo.values)
    refund = ReturnRefundSerializer(allow_null=True)
    store_credit = serializers.CharField(help_text="Credit that paid for the order and was given back")
    replacement = ReplacementSerializer(allow_null=True, help_text="The order that is sent in exchange")


def shipment_json(parcel: SeenParcel) -> dict[str, Any]:
    return {
        "id": parcel.pk,
        "number": parcel.number,
        "courier": parcel.courier_name or parcel.courier,
        "tracking_number": parcel.tracking_number,
        "tracking_url": parcel.tracking_url,
        "status": parcel.status,
        "shipped_at": parcel.shipped_at,
        "delivered_at": parcel.delivered_at,
        "items": [_item(line) for line in parcel.lines],
        "events": [event._asdict() for event in parcel.tracking],
    }


def return_json(coming: SeenReturn) -> dict[str, Any]:
    currency, refund = coming.currency, coming.refund
    return {
        "id": coming.pk,
        "number": number_of_return(coming.pk),
        "order_id": coming.order_id,
        "status": coming.status,
        "items": [
            _item(line) | {"amount": money(line.amount, currency), "fate": line.fate, "exchange_for": _wanted(line)}
            for line in coming.lines
        ],
        "reason": coming.reason,
        "answer": coming.answer,
        "amount": money(coming.amount, currency),
        "currency": currency,
        "requested_at": coming.requested_at,
        "refund_to": coming.refund_to,
        "store_credit": money(coming.credit, currency),
        "refund": refund
        and {
            "id": refund.pk,
            "amount": money(refund.amount, currency),
            "currency": currency,
            "status": refund.status,
            "to": refund.to,
        },
        "replacement": coming.replacement and {"id": coming.replacement.pk, "number": coming.replacement.number},
    }


def _wanted(line: ReturnedUnits) -> dict[str, Any] | None:
    return line.exchange_for and {"variant_id": line.exchange_for.pk, "sku": line.exchange_for.sku}


def _item(line: SeenUnits | ReturnedUnits) -> dict[str, Any]:
    return {"item_id": line.pk, "sku": line.sku, "name": line.name, "quantity": line.quantity}
