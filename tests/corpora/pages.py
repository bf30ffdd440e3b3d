"""Forms of the rendered pages, with what they take effect."""

from __future__ import annotations

from typing import Any

from tests.corpora.ground import Ground
from tests.factories.people import HOME, PASSWORD

TYPED = HOME | {"state": "Karnataka"}
STRONG = "battery correct staple"
FORMS: dict[str, Any] = {
    "/account/login/": ("guest", lambda _: {"username": "customer", "password": PASSWORD}),
    "/account/signup/": ("guest", lambda _: {"email": "new@example.com", "password": STRONG}),
    "/account/password/reset/": ("guest", lambda _: {"email": "customer@example.com"}),
    "/account/profile/": ("customer", lambda _: {"name": "Changed"}),
    "/account/password/change/": ("customer", lambda _: {"old_password": PASSWORD, "new_password": STRONG}),
    "/account/email/": ("customer", lambda _: {"email": "changed@example.com", "password": PASSWORD}),
    "/account/addresses/add/": ("customer", lambda _: TYPED),
    "/account/addresses/{address_id}/edit/": ("customer", lambda _: TYPED | {"name": "Changed"}),
    "/account/reviews/{review_id}/": ("customer", lambda _: {"rating": "3", "body": "Holds less"}),
    "/account/notices/{notification_id}/": ("customer", lambda _: {}),
    "/account/orders/{number}/cancel/": ("customer", lambda _: {}),
    "/account/orders/{number}/address/": ("customer", lambda _: TYPED | {"name": "Changed"}),
    "/account/orders/{number}/again/": ("customer", lambda _: {}),
    "/cart/add/": ("guest", lambda ground: {"product": str(ground.variant.core_id), "quantity": "1"}),
    "/cart/items/{line_id}/": ("guest", lambda _: {"quantity": "2"}),
    "/complaint/": ("guest", lambda _: {"kind": "other", "text": "Late", "email": "guest@example.com"}),
    "/complaint/{number}/": ("customer", lambda _: {"text": "And the lid"}),
    "/track/": ("guest", lambda ground: {"number": ground.paid.number, "email": "guest@example.com"}),
    "/reviews/{review_id}/helpful/": ("support", lambda _: {}),
    "/wishlist/{product_id}/": ("customer", lambda _: {}),
    "/tell-me/{product_id}/": ("guest", lambda _: {"email": "guest@example.com"}),
}  # fmt: skip
WITHOUT_EFFECT = {"/tell-me/{product_id}/": "there is some to buy"}
TAKES = {
    "/cart/add/": {"variant"},
    "/wishlist/{product_id}/": {"variant", "remove"},
}  # forms without a page of their own


def address_of(ground: Ground, path: str, role: str) -> str:
    if path == "/wishlist/{product_id}/":
        return f"/wishlist/{ground.product.core_id}/"
    return ground.url(path, "other" if "helpful" in path else role)
