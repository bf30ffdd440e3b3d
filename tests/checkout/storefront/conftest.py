from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories.catalog import make_product
from tests.factories.shop import make_shipping

TYPED = {
    "email": "guest@example.com", "name": "Asha Menon", "phone": "98450 12345", "pincode": "560034",
    "city": "Bengaluru", "state": "Karnataka", "street": "12, 3rd Cross, Koramangala", "landmark": "", "country": "IN",
}  # fmt: skip


class Browser(Client):
    """A shopper without scripts: follows links, fills forms, keeps cookies."""

    prefix = ""

    def get(self, path, *args, **kwargs):
        return super().get(self.prefix + path if path.startswith("/") else path, *args, **kwargs)

    def send(self, path: str, body: dict | None = None, **headers):
        """Post a form and stay at the answer."""
        return self.post(self.prefix + path, body or {}, headers=headers)

    def add(self, core, quantity: int | str = 1, **more):
        return self.send("/cart/add/", {"product": core.pk, "quantity": quantity, **more})

    def to_review(self, *, shipping: str = "flat", payment: str = "cod", **typed):
        self.send("/checkout/address/", TYPED | typed)
        self.send("/checkout/delivery/", {"shipping_method": shipping})
        self.send("/checkout/payment/", {"payment_method": payment})
        return self.get("/checkout/review/")

    def place(self, review, **changes):
        return self.send("/checkout/review/", fields_of(review) | changes)


def fields_of(page) -> dict[str, str]:
    """The hidden fields of the review, as a browser would send them."""
    found = re.findall(r'name="(idempotency_key|shown_total)" value="([^"]*)"', page.content.decode())
    return {**dict(found), "note": ""}


def text_of(page) -> str:
    """What a reader sees: no tags, single spaces."""
    main = re.sub(r"<script.*?</script>|<svg.*?</svg>", " ", page.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def browser(db) -> Browser:
    return Browser()


@pytest.fixture
def shipping(db):
    return make_shipping()


@pytest.fixture
def mug(db, shipping):
    return make_product("Chai mug", sku="MUG", price=64900, compare_at=79900, stock=10)


@pytest.fixture
def lamp(db, shipping):
    return make_product("Pendant lamp", sku="LAMP", price=429000, stock=3)
