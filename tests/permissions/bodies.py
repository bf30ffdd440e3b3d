"""Bodies with which an allowed request takes effect, so that a refused one would have, too. Without one here: `{}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.factories.people import HOME, PASSWORD
from tests.factories.shop import ADDRESS
from tests.permissions.matrix import Row
from tests.permissions.world import World

Body = Callable[[World, str], dict[str, Any]]


def of(world: World, row: Row, whose: str) -> dict[str, Any]:
    make = BODIES.get(f"{row.method} {row.path}")
    return make(world, whose) if make else {}


def _line(world: World, whose: str) -> int:
    from checkout.order.models import OrderLine

    return OrderLine.objects.filter(order_id=world.thing("returned", whose)).values_list("pk", flat=True).first()


def _fresh_variant(world: World, whose: str) -> int:
    from catalog.inventory.models import StockItem

    return StockItem.objects.get(pk=world.thing("item_id", whose)).variant_id


def _phone(world: World, whose: str) -> str:
    """Another one for each person: a number gets three codes in a quarter of an hour."""
    return f"98765{world.thing('user_id', whose) % 100_000:05}"


BODIES: dict[str, Body] = {
    "POST /api/product/": lambda world, _who: {"name": "Cup", "price": "10.00", "category": world.category.pk},
    "PUT /api/product/{product_id}/": lambda world, _who: {"name": "Cup", "price": "10.00", "category": world.category.pk},
    "PATCH /api/product/{product_id}/": lambda _world, _who: {"name": "Cheaper"},
    "POST /api/category/": lambda _world, _who: {"name": "Plates"},
    "PUT /api/category/{category_id}/": lambda _world, _who: {"name": "Plates"},
    "PATCH /api/category/{category_id}/": lambda _world, _who: {"name": "Plates"},
    "POST /api/inventory/": lambda world, who: {
        "variant": _fresh_variant(world, who), "location": "shop", "quantity": 2, "reason": "found",
    },
    "PUT /api/inventory/{item_id}/": lambda _world, _who: {"quantity": 7, "reason": "counted"},
    "PATCH /api/inventory/{item_id}/": lambda _world, _who: {"quantity": 7, "reason": "counted"},
    "POST /api/inventory/{item_id}/movements/": lambda _world, _who: {"delta": 3, "reason": "found"},
    "PATCH /api/users/{user_id}/": lambda _world, _who: {"name": "Changed"},
    "PUT /api/users/{user_id}/": lambda _world, _who: {"username": "changed", "email": "changed@example.com"},
    "PATCH /api/self/": lambda _world, _who: {"name": "Changed"},
    "PUT /api/self/": lambda _world, _who: {"username": "changed", "email": "changed@example.com", "name": "Changed"},
    "POST /api/self/password/": lambda _world, _who: {"old_password": PASSWORD, "new_password": "battery correct staple"},
    "POST /api/self/confirm/": lambda _world, _who: {"password": PASSWORD},
    "POST /api/self/email/": lambda _world, _who: {"email": "changed@example.com", "password": PASSWORD},
    "POST /api/self/phone/": lambda world, who: {"phone": _phone(world, who)},
    "POST /api/address/": lambda _world, _who: HOME,
    "PUT /api/address/{address_id}/": lambda _world, _who: HOME | {"name": "Changed"},
    "PATCH /api/address/{address_id}/": lambda _world, _who: {"name": "Changed"},
    "PUT /api/address/default/": lambda world, who: {"id": world.thing("address_id", who)},
    "POST /api/address/default/": lambda world, who: {"id": world.thing("address_id", who)},
    "POST /api/notification/": lambda world, who: {
        "recipient": world.thing("user_id", who), "channel": "in_app", "subject": "Hello", "message": "There",
    },
    "PATCH /api/notification/{notification_id}/": lambda _world, _who: {"status": "read"},
    "PUT /api/notification/{notification_id}/": lambda _world, _who: {"status": "read"},
    "PUT /api/cart/items/{item_id}/": lambda _world, _who: {"quantity": 3},
    "PATCH /api/cart/items/{item_id}/": lambda _world, _who: {"quantity": 3},
    "POST /api/cart/items/": lambda world, who: {"product_id": world.thing("product_id", who), "quantity": 1},
    "POST /api/order/": lambda _world, _who: {"address": ADDRESS, "payment_method": "cod", "email": "a@example.com"},
    "POST /api/order/look-up/": lambda world, who: {"number": world.thing("number", who), "email": f"{who}@example.com"},
    "PATCH /api/order/{order_id}/": lambda _world, _who: {"status": "shipped"},
    "PUT /api/order/{order_id}/address/": lambda _world, _who: ADDRESS | {"name": "Changed"},
    "POST /api/order/{order_id}/return/": lambda world, who: {
        "items": [{"item_id": _line(world, who), "quantity": 1}], "reason": "Chipped",
    },
    "PATCH /api/order/{order_id}/return/{return_id}/": lambda _world, _who: {"status": "approved"},
    "PATCH /api/order/{order_id}/shipment/{shipment_id}/": lambda _world, _who: {"status": "delivered"},
    "POST /api/payment/start/": lambda world, who: {"order_id": world.thing("order", who)},
    "POST /api/payment/create-razorpay-order/": lambda world, who: {"order_id": world.thing("order", who)},
    "POST /api/payment/create-stripe-session/": lambda world, who: {"order_id": world.thing("order", who)},
    "POST /api/payment/create/": lambda world, who: _paid_by_hand(world, who),
    "POST /api/payments/": lambda world, who: _paid_by_hand(world, who),
    "POST /api/payment/{payment_id}/refund/": lambda _world, _who: {"amount": "1.00", "reason": "Late"},
    "POST /account/addresses/{address_id}/": lambda _world, _who: HOME | {"name": "Changed"},
    "POST /account/addresses/add/": lambda _world, _who: HOME,
    "POST /account/email/": lambda _world, _who: {"email": "changed@example.com", "password": PASSWORD},
    "POST /account/security/confirm/": lambda _world, _who: {"password": PASSWORD},
    "POST /account/security/phone/": lambda world, who: {"phone": _phone(world, who)},
    "POST /account/profile/": lambda _world, _who: {"name": "Changed", "email": "changed@example.com"},
}  # fmt: skip


def _paid_by_hand(world: World, whose: str) -> dict[str, Any]:
    return {"order_id": world.thing("order", whose), "payment_method": "razorpay", "payment_id": "pay_Made000000Up",
            "razorpay_order_id": "order_Made000000Up", "razorpay_signature": "0" * 64}  # fmt: skip
