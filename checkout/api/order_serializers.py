"""Orders as JSON: the same dictionaries feed the rendered pages and the mails."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from catalog.api.schemas import ChangesPage
from checkout.api.cart_serializers import StrictInteger, money
from checkout.api.payment_method import PaymentMethodField
from checkout.api.prospects import ProspectsSerializer
from checkout.order.models import Order, OrderLine
from checkout.order.rules import api_status, next_statuses, order_token
from checkout.order.seen import SeenLine, SeenOrder
from checkout.order.statuses import RefundTo
from shop.core.api.fields import Digits
from shop.core.api.idempotency import made_again


class OrderAddressSerializer(serializers.Serializer):
    """Checked by the same rules as a kept address; here only the shape is."""

    name = serializers.CharField(max_length=150)
    phone = serializers.CharField(max_length=32)
    street = serializers.CharField(max_length=255)
    landmark = serializers.CharField(max_length=150, required=False, allow_blank=True)
    city = serializers.CharField(max_length=100)
    state = serializers.CharField(max_length=60, required=False, allow_blank=True)
    pincode = Digits(max_length=12, required=False, allow_blank=True)
    country = serializers.CharField(max_length=2, required=False, default="IN")
    gstin = serializers.CharField(max_length=15, required=False, allow_blank=True)


class PlaceOrderSerializer(serializers.Serializer):
    address_id = StrictInteger(min_value=1, max_value=2**53, required=False, allow_null=True)
    address = OrderAddressSerializer(required=False, allow_null=True)
    billing_address_id = StrictInteger(min_value=1, max_value=2**53, required=False, allow_null=True)
    shipping_method = serializers.CharField(max_length=30, required=False, allow_blank=True, default="")
    payment_method = PaymentMethodField()
    coupon = serializers.CharField(max_length=40, required=False, allow_blank=True, allow_null=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    gift_note = serializers.CharField(
        max_length=300, required=False, allow_blank=True, default="", help_text="Printed on the packing slip"
    )
    use_store_credit = serializers.BooleanField(
        default=False, help_text="Signed-in buyers: credit pays first, `payment_method` the rest"
    )
    email = serializers.EmailField(required=False, allow_null=True)
    visitor = serializers.RegexField(
        "^[0-9a-f]{32}$", required=False, help_text="Who agreed to be counted and keeps no cookies: `/api/consent/`"
    )


class CancelSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    refund_to = serializers.ChoiceField(choices=RefundTo.values, default=RefundTo.SOURCE)


class OrderStatusSerializer(serializers.Serializer):
    status = serializers.ChoiceField(choices=["pending", "paid", "shipped", "delivered", "returned", "cancelled"])
    collected = serializers.BooleanField(default=True, help_text="Cash on delivery: false = refused at the door")
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class OrderItemSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    product_id = serializers.IntegerField()
    variant_id = serializers.IntegerField()
    sku = serializers.CharField()
    name = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    options_text = serializers.CharField(help_text="The options in words, in the order's language")
    image = serializers.CharField()
    url = serializers.CharField(help_text="Path of the product as it was bought")
    quantity = serializers.IntegerField()
    price = serializers.CharField()
    tax = serializers.CharField()
    total = serializers.CharField()
    shipped = serializers.IntegerField(help_text="Units that have left")
    returned = serializers.IntegerField(help_text="Units on their way back, or back")


class OrderPaymentSerializer(serializers.Serializer):
    method = serializers.CharField()
    status = serializers.CharField()


class TimelineSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    event = serializers.CharField()
    by = serializers.CharField()
    note = serializers.CharField()


class AddressSnapshotSerializer(serializers.Serializer):
    """Where an order goes, as it was agreed. Of an account that was closed, only what the books must keep."""

    name = serializers.CharField(required=False)
    phone = serializers.CharField(required=False, help_text="E.164")
    street = serializers.CharField(required=False)
    landmark = serializers.CharField(required=False)
    city = serializers.CharField(required=False)
    state = serializers.CharField(required=False, help_text="Its name")
    pincode = serializers.CharField(required=False)
    country = serializers.CharField(required=False, help_text="ISO 3166, two letters")
    gstin = serializers.CharField(required=False)


class OrderShippingSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class OrderSerializer(ProspectsSerializer):
    """What OpenAPI shows; `order_json` makes it, with `prospects.py`."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    status = serializers.ChoiceField(choices=["pending", "paid", "shipped", "delivered", "returned", "cancelled"])
    payment_status = serializers.ChoiceField(choices=Order.PaymentStatus.values)
    fulfillment_status = serializers.ChoiceField(choices=Order.FulfillmentStatus.values)
    placed_at = serializers.DateTimeField()
    email = serializers.CharField()
    items = OrderItemSerializer(many=True)
    address = AddressSnapshotSerializer()
    billing_address = AddressSnapshotSerializer()
    shipping_method = OrderShippingSerializer()
    subtotal = serializers.CharField()
    discount = serializers.CharField()
    shipping = serializers.CharField()
    tax = serializers.CharField()
    total = serializers.CharField()
    store_credit = serializers.CharField(help_text="What of the total store credit pays")
    currency = serializers.CharField()
    price_includes_tax = serializers.BooleanField()
    payment = OrderPaymentSerializer()
    note = serializers.CharField()
    gift_note = serializers.CharField()
    timeline = TimelineSerializer(many=True)
    order_token = serializers.CharField(required=False, help_text="Guests only")


class StaffOrderSerializer(OrderSerializer):
    """What staff is told beyond it."""

    allowed_statuses = serializers.ListField(child=serializers.CharField(), required=False, help_text="Staff only")
    review_reason = serializers.CharField(required=False, help_text="Staff only")


class OrderPage(ChangesPage):
    results = OrderSerializer(many=True)


# Happenings that the buyer is told; what else stands in the timeline is for staff.
TOLD = {"placed", "paid", "shipped", "delivered", "cancelled", "refunded", "refused", "payment_failed",
        "address_changed", "return_requested", "return_approved", "return_rejected", "returned", "credit_returned"}  # fmt: skip


def order_json(order: Order | SeenOrder, *, with_token: bool = False) -> dict[str, Any]:
    """An order with its lines and events (prefetch them)."""
    currency = order.currency
    amounts = {
        name: money(getattr(order, name), currency)
        for name in ("subtotal", "discount", "shipping", "tax", "total", "store_credit")
    }
    answer = {
        "id": order.pk,
        "number": order.number,
        "status": api_status(order),
        "payment_status": order.payment_status,
        "fulfillment_status": order.fulfillment_status,
        "placed_at": order.placed_at,
        "email": order.email,
        "items": [_line_json(line, currency) for line in order.lines.all()],
        "address": order.address,
        "billing_address": order.billing_address,
        "shipping_method": {"code": order.shipping_method, "name": order.shipping_name},
        **amounts,
        "currency": currency,
        "price_includes_tax": order.prices_include_tax,
        "payment": {"method": order.payment_method, "status": order.payment_status},
        "note": order.note,
        "gift_note": order.gift_note,
        "timeline": [
            {"at": event.at, "event": event.kind, "by": event.by, "note": event.note}
            for event in order.events.all()
            if event.kind in TOLD
        ],
    }
    return answer | ({"order_token": order_token(order)} if with_token and order.user_id is None else {})


@made_again("order_token")
def _token_again(answer: dict[str, Any]) -> str | None:
    order = Order.objects.filter(pk=answer["id"]).only("secret").first()
    return order_token(order) if order else None


def _line_json(line: OrderLine | SeenLine, currency: str) -> dict[str, Any]:
    return {
        "id": line.pk,
        "product_id": line.product_id,
        "variant_id": line.variant_id,
        "sku": line.sku,
        "name": line.name,
        "options": line.options,
        "options_text": line.options_text or ", ".join(str(value) for value in line.options.values()),
        "image": line.image_url,
        "url": line.product_url,
        "quantity": line.quantity,
        "price": money(line.price, currency),
        "tax": money(line.tax, currency),
        "total": money(line.total, currency),
        "shipped": line.shipped,
        "returned": line.returned,
    }


def staff_order_json(order: Order | SeenOrder) -> dict[str, Any]:
    return order_json(order) | {"allowed_statuses": next_statuses(order), "review_reason": order.review_reason}
