"""Every operation of the OpenAPI document that writes, who calls it, and with what it takes effect."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers

from shop.accounts.services.make_reset_key import make_reset_key
from shop.accounts.token_strategy import tokens
from tests.corpora.ground import Ground
from tests.factories.people import PASSWORD
from tests.fuzz.bodies import good_body
from tests.permissions import bodies
from tests.permissions.matrix import row_of
from tests.permissions.world import OTHER, params

CALLERS = ("customer", "support", "merchandiser", "admin", "guest", "vendor")
MAILED = "needs what only the person's mail, telephone or key says"
GATEWAY = "asks a gateway: tests/checkout/payment"
WITHOUT_EFFECT = {
    "POST /api/analytics/event/": "nobody has agreed to be counted",
    "POST /api/courier/webhook/{courier}/": "takes signed bytes, no members",
    "POST /api/payment/webhook/{gateway}/": "takes signed bytes, no members",
    "POST /api/notification/push/": "the tests have no key for it",
    "DELETE /api/notification/push/": "only looks for what is there",
    "POST /api/order/{order_id}/confirm/": MAILED,
    "POST /api/order/{order_id}/release/": "reads no body",
    "POST /api/payment/create/": GATEWAY,
    "POST /api/payment/create-razorpay-order/": GATEWAY,
    "POST /api/payment/create-stripe-session/": GATEWAY,
    "POST /api/payment/start/": GATEWAY,
    "POST /api/payments/": GATEWAY,
    "POST /api/preview/": "gives a signed text and keeps nothing",
    "DELETE /api/review/{review_id}/helpful/": "reads no body",
    "POST /api/review/{review_id}/pictures/": "takes a picture, no members",
    "POST /api/self/code/": "keeps its challenge in the cache",
    "POST /api/self/code/confirm/": MAILED,
    "POST /api/self/email/undo/": MAILED,
    "POST /api/self/mfa/passkeys/": MAILED,
    "POST /api/self/mfa/totp/": "reads no body",
    "POST /api/self/mfa/totp/confirm/": MAILED,
    "POST /api/self/outside/": MAILED,
    "POST /api/self/outside/linked/": MAILED,
    "POST /api/self/passkey/": MAILED,
    "POST /api/self/phone/confirm/": MAILED,
    "POST /api/self/second-factor/": MAILED,
    "POST /api/self/second-factor/options/": MAILED,
    "POST /api/self/second-factor/setup/": MAILED,
    "POST /api/self/second-factor/setup/confirm/": MAILED,
    "POST /api/self/verify/": MAILED,
}


@dataclass(frozen=True)
class Write:
    method: str
    path: str
    role: str
    whose: str
    view: Any = field(repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@functools.cache
def writes() -> tuple[Write, ...]:
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    return tuple(_write(path, method, callback.cls) for path, _regex, method, callback in generator.endpoints
                 if method != "GET")  # fmt: skip


def _write(path: str, method: str, view: Any) -> Write:
    row = row_of(path, method)
    assert row, f"docs/permissions.md has no row for {method} {path}"
    likely = BY.get(f"{method} {path}") or next((one for one in CALLERS if row.may[one] != "no"), "admin")
    return Write(method, path, likely, OTHER if row.may[likely] == "yes" and params(path) else likely, view)


def body_of(world: Ground, write: Write, fields: dict[str, serializers.Field]) -> dict[str, Any]:
    make = MORE.get(str(write)) or bodies.BODIES.get(str(write))
    return dict(make(world, write.whose)) if make else good_body(fields)


BY = {"PATCH /api/complaint/{complaint_id}/": "support"}
MORE: dict[str, Any] = {
    "POST /api/self/": lambda _world, _who: {"username": "customer", "password": PASSWORD},
    "POST /api/address/default/": lambda world, _who: {"id": world.second_address},
    "PUT /api/address/default/": lambda world, _who: {"id": world.second_address},
    "PATCH /api/complaint/{complaint_id}/": lambda _world, _who: {"status": "resolved", "text": "Sent anew"},
    "POST /api/inventory/bulk/": lambda world, who: {"rows": [{"id": world.thing("item_id", who), "quantity": 7}]},
    "POST /api/price/bulk/": lambda world, _who: {
        "price_list": world.price_list.code, "rows": [{"sku": world.variant.sku, "price": "9.00"}],
    },
    "PUT /api/notification/preferences/": lambda _world, _who: {
        "preferences": [{"topic": "orders", "channel": "sms", "wanted": True}],
    },
    "POST /api/order/{order_id}/return/": lambda world, _who: {
        "items": [{"item_id": world.delivered.lines.get().pk, "quantity": 1}], "reason": "Chipped",
    },
    "POST /api/product/{product_id}/reviews/": lambda _world, _who: {"rating": 4, "body": "Holds a lot"},
    "PATCH /api/review/{review_id}/": lambda _world, _who: {"rating": 3},
    "POST /api/self/logout/": lambda world, who: {"refresh": tokens().issue(world.user(who)).refresh},
    "POST /api/self/refresh/": lambda world, who: {"refresh": tokens().issue(world.user(who)).refresh},
    "POST /api/self/password/reset/": lambda world, who: {"email": world.user(who).email},
    "POST /api/self/password/reset/confirm/": lambda world, who: {
        "token": make_reset_key(user=world.user(who)), "new_password": "battery correct staple",
    },
    "POST /api/users/": lambda _world, _who: {"email": "new@example.com", "password": "battery correct staple"},
    "PUT /api/users/{user_id}/": lambda _world, _who: {"role": "support", "is_active": True},
    "PATCH /api/users/{user_id}/": lambda _world, _who: {"role": "support"},
    "POST /api/wishlist/": lambda world, _who: {"product_id": world.product.core_id},
}  # fmt: skip


def url_of(world: Ground, write: Write) -> str:
    """Where the world has nothing in the right state: what the ground has."""
    other = {
        "POST /api/order/{order_id}/return/": ("{order_id}", "delivered"),
        "POST /api/order/{order_id}/shipment/": ("{order_id}", "paid"),
        "PATCH /api/order/{order_id}/shipment/{shipment_id}/": ("{order_id}", "shipped"),
        "POST /api/product/{product_id}/reviews/": ("{product_id}", "bought"),
    }.get(str(write))
    path = write.path
    if other:
        path = path.replace(other[0], str(getattr(world, other[1]).pk))
    if "shipment_id" in path:
        path = path.replace("{shipment_id}", str(world.shipped.fulfillments.get().pk))
    return world.url(path, write.whose)
