from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.variants import make_variant


class Guest(APIClient):
    """A program without an account: remembers the cart token that it was given."""

    def call(self, method: str, path: str, body=None, **headers):
        if hasattr(self, "cart_token"):
            headers.setdefault("X-Cart-Token", self.cart_token)
        answer = getattr(self, method)(f"/api/{path}", body, format="json", headers=headers)
        self.cart_token = answer.headers.get("X-Cart-Token", getattr(self, "cart_token", "")) or ""
        if not self.cart_token:
            del self.cart_token
        return answer

    def put_in_cart(self, variant, quantity: int = 1):
        return self.call("post", "cart/items/", {"product_id": variant.core_id, "quantity": quantity})

    def order(self, *, key: str | None = None, query: str = "", **changes):
        body = {"address": ADDRESS, "payment_method": "cod", "email": "guest@example.com"} | changes
        return self.call("post", f"order/{query}", body, **({"Idempotency-Key": key} if key else {}))


@pytest.fixture
def guest(db) -> Guest:
    return Guest()


@pytest.fixture
def shipping(db):
    return make_shipping()


@pytest.fixture
def mug(db):
    return make_variant(sku="MUG", price=64900, stock=10, tax=1800)
