"""Carts as JSON: the same dictionaries feed the rendered pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from rest_framework import serializers

from checkout.cart.models import MAX_QUANTITY
from checkout.cart.selectors import CartItem, CartView
from checkout.shipping.cash import CashTerms
from checkout.shipping.selectors import ShippingOffer
from shop.core.money import decimal_text

MONEY_EXAMPLE = "1299.00"


class StrictInteger(serializers.IntegerField):
    """An integer as JSON writes one; `"2"` of a form is one too, `1.0` and `true` are not."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, (bool, float)):
            self.fail("invalid")
        return super().to_internal_value(data)


class AddItemSerializer(serializers.Serializer):
    product_id = StrictInteger(min_value=1, max_value=2**53)
    variant_id = StrictInteger(min_value=1, max_value=2**53, required=False, allow_null=True)
    quantity = StrictInteger(min_value=1, max_value=MAX_QUANTITY, default=1)


class QuantitySerializer(serializers.Serializer):
    quantity = StrictInteger(min_value=0, max_value=MAX_QUANTITY)


class CartItemSerializer(serializers.Serializer):
    """What OpenAPI shows; `cart_item` makes it."""

    id = serializers.IntegerField()
    product_id = serializers.IntegerField()
    variant_id = serializers.IntegerField()
    sku = serializers.CharField()
    name = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    options_text = serializers.CharField(help_text="The options in words: `250 ml, Terracotta`")
    image = serializers.JSONField(help_text="As on a product, or null.")
    url = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_price = serializers.CharField(allow_null=True, help_text="Decimal string; null when it is not for sale now")
    compare_at_price = serializers.CharField(allow_null=True)
    line_total = serializers.CharField(allow_null=True)
    currency = serializers.CharField()
    available = serializers.IntegerField(help_text="Units that can be bought now")
    max_quantity = serializers.IntegerField(help_text="The most that one order may hold of it")


class CartSerializer(serializers.Serializer):
    id = serializers.IntegerField(allow_null=True)
    currency = serializers.CharField()
    items = CartItemSerializer(many=True)
    item_count = serializers.IntegerField()
    subtotal = serializers.CharField()
    discount = serializers.CharField()
    discounts = serializers.ListField(child=serializers.JSONField())
    shipping = serializers.CharField()
    tax = serializers.CharField(help_text="How much of the total is tax")
    total = serializers.CharField()
    price_includes_tax = serializers.BooleanField()
    coupon = serializers.CharField(allow_null=True)
    warnings = serializers.ListField(child=serializers.JSONField())


class ShippingOfferSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    price = serializers.CharField()
    currency = serializers.CharField()
    min_days = serializers.IntegerField()
    max_days = serializers.IntegerField()
    earliest_date = serializers.DateField(help_text="Ordered now: the first day on which it may arrive")
    latest_date = serializers.DateField(help_text="The day by which it arrives, as the pages say")
    cod = serializers.BooleanField(help_text="Whether this cart, sent this way (to this PIN code), can be paid in cash")
    cod_fee = serializers.CharField(help_text="Added to `shipping` of an order that is paid in cash")
    cod_refusal = serializers.CharField(allow_blank=True, help_text="Why not, in the buyer's language")


def cart_item(item: CartItem, currency: str) -> dict[str, Any]:
    price = item.price
    return {
        "id": item.id,
        "product_id": item.product_id,
        "variant_id": item.variant_id,
        "sku": item.sku,
        "name": item.name,
        "options": item.options,
        "options_text": item.options_text,
        "image": item.card.get("image"),
        "url": item.card.get("url", ""),
        "quantity": item.quantity,
        "unit_price": str(price.amount) if price else None,
        "compare_at_price": str(price.compare_at) if price and price.compare_at else None,
        "line_total": str(item.line_total) if item.line_total is not None else None,
        "currency": currency,
        "available": max(item.available, 0),
        "max_quantity": item.most,
    }


def cart_json(view: CartView) -> dict[str, Any]:
    return {
        "id": view.id,
        "currency": view.currency,
        "items": [cart_item(item, view.currency) for item in view.items],
        "item_count": view.item_count,
        "subtotal": str(view.subtotal),
        "discount": str(view.discount),
        "discounts": [],
        "shipping": str(view.shipping),
        "tax": str(view.tax),
        "total": str(view.total),
        "price_includes_tax": True,
        "coupon": None,
        "warnings": view.warnings,
    }


def offer_json(offer: ShippingOffer, cash: CashTerms, today: date) -> dict[str, Any]:
    return {
        "code": offer.code,
        "name": offer.name,
        "price": str(offer.price),
        "currency": offer.price.currency,
        "min_days": offer.min_days,
        "max_days": offer.max_days,
        "earliest_date": offer.arrives_from(today).isoformat(),
        "latest_date": offer.arrives_by(today).isoformat(),
        "cod": not cash.refusal,
        "cod_fee": str(cash.fee),
        "cod_refusal": cash.refusal,
    }


def money(minor: int, currency: str) -> str:
    return decimal_text(minor, currency)
