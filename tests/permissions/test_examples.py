"""Every example of the OpenAPI document is sent, with the ids of things that are there: it does what it shows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from catalog.inventory.models import StockItem
from catalog.pricing.models import PriceList
from shop.core.api.examples import FILE
from tests.permissions import bodies, matrix
from tests.permissions.matrix import ROLES
from tests.permissions.world import OTHER, World, undone

DOCUMENT = SchemaGenerator().get_schema(request=None, public=True)
OVER, LINK, PAYING = "challenge_over", "link_invalid", "payment_method_not_offered"
# What a person is sent, a device signs or another service says cannot stand in a document, and some things are not in
# the state for each step: such a body is understood and refused for just that.
REFUSED = {
    "POST /api/courier/webhook/{courier}/": "bad_signature",
    "POST /api/notification/push/": "conflict",  # no key of the shop for it
    "POST /api/order/{order_id}/confirm/": "wrong_state",
    "POST /api/order/{order_id}/return/": "not_returnable",
    "POST /api/payment/create/": PAYING,
    "POST /api/payment/create-razorpay-order/": PAYING,
    "POST /api/payment/create-stripe-session/": PAYING,
    "POST /api/payment/start/": PAYING,
    "POST /api/payment/webhook/{gateway}/": "bad_signature",
    "POST /api/payments/": PAYING,
    "POST /api/product/{product_id}/reviews/": "email_not_verified",
    "POST /api/self/": "second_factor_required",  # which this person has set up
    "POST /api/self/code/confirm/": OVER,
    "POST /api/self/email/undo/": LINK,
    "POST /api/self/mfa/passkeys/": OVER,
    "POST /api/self/mfa/totp/confirm/": OVER,
    "POST /api/self/outside/": OVER,
    "POST /api/self/outside/linked/": OVER,
    "POST /api/self/passkey/": OVER,
    "POST /api/self/password/reset/confirm/": LINK,
    "POST /api/self/phone/confirm/": OVER,
    "POST /api/self/refresh/": "token_invalid",
    "POST /api/self/second-factor/": OVER,
    "POST /api/self/second-factor/options/": OVER,
    "POST /api/self/second-factor/setup/": OVER,
    "POST /api/self/second-factor/setup/confirm/": OVER,
    "POST /api/self/verify/": LINK,
}


def _bodies() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation["requestBody"]["content"]["application/json"])
        for path, operations in DOCUMENT["paths"].items()
        for method, operation in operations.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]


@pytest.mark.parametrize(("name", "content"), [pytest.param(*each, id=each[0]) for each in _bodies()])
def test_an_example_does_what_it_shows(world, name, content):
    shown = [one["value"] for one in content.get("examples", {}).values()]
    shown += [content["example"]] if "example" in content else []
    assert shown, f"docs/api/examples.json has no {name}"
    for body in shown:
        Draft202012Validator({**content["schema"], "components": DOCUMENT["components"]}).validate(body)
        answer = _sent(world, name, body)
        refused = answer.json()["code"] if answer.status_code >= 400 else ""
        assert refused == REFUSED.get(name, ""), answer.content


def test_every_name_is_that_of_an_operation():
    assert REFUSED.keys() | json.loads(FILE.read_text()).keys() <= {name for name, _content in _bodies()}


def _sent(world: World, name: str, body: Any) -> Any:
    method, path = name.split(" ")
    row = next(row for row in matrix.rows() if row.path == path and row.method == method)
    role, word = next((role, word) for word in ("yes", "own") for role in reversed(ROLES) if row.may[role] == word)
    whose = OTHER if word == "yes" else role
    with undone():
        cache.clear()
        if "stock-alert" not in name:
            StockItem.objects.update(on_hand=50)
        PriceList.objects.create(code="diwali", name="Diwali", currency="INR")
        sent = json.dumps(_with_what_is_there(body, _there(world, row, whose)))
        client = world.client(role, page=False)
        return client.generic(method, _url(world, name, whose), sent, content_type="application/json")


def _url(world: World, name: str, whose: str) -> str:
    path = name.split(" ")[1]
    if name == "POST /api/order/{order_id}/shipment/":
        return path.format(order_id=world.thing("paid", whose))
    return world.url(path, whose)


def _there(world: World, row: matrix.Row, whose: str) -> dict[str, Any]:
    """By the member that names it: what stands in this world in place of what the document shows."""
    item, product = StockItem.objects.get(pk=world.thing("item_id", OTHER)), world.thing("product_id", whose)
    user = world.user(whose)
    there = {
        "id": world.thing("item_id", "vendor") if "inventory" in row.path else product,
        "product_id": product, "variant_id": item.variant_id, "sku": item.variant.sku, "category": world.category.pk,
        "shipping_method": "flat",
    }  # fmt: skip
    if row.path == "/api/self/" and row.method == "POST" and user:
        there["username"] = user.username
    needed = bodies.of(world, row, whose)
    known = ("id", "variant", "recipient", "order_id", "product_id", "items")
    return there | {member: needed[member] for member in known if member in needed}


def _with_what_is_there(body: Any, there: dict[str, Any]) -> Any:
    if isinstance(body, list):
        return [_with_what_is_there(one, there) for one in body]
    if not isinstance(body, dict):
        return body
    return {name: there.get(name) or _with_what_is_there(value, there) for name, value in body.items()}
