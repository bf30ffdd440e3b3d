"""`POST /api/order/<id>/buy-again/`."""

from __future__ import annotations

import pytest

from checkout.cart.models import CartLine
from checkout.order.models import Order
from tests.factories import orders as made
from tests.factories.people import client_of, make_user
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db


def test_the_cart_is_filled_once(mug, shipping):
    asha = make_user("asha")
    order = made.make_order(variant=mug, quantity=2, user=asha)
    path, client = f"/api/order/{order.pk}/buy-again/", client_of(asha)
    assert client.post(path).json() == {"added": 2, "not_available": []}
    assert client.post(path).json() == {"added": 0, "not_available": []}
    assert CartLine.objects.get().quantity == 2


def test_what_is_missing_is_named(shipping):
    asha, mug = make_user("asha"), make_variant(sku="MUG", stock=3)
    order = made.make_order(variant=mug, quantity=2, user=asha)
    told = client_of(asha).post(f"/api/order/{order.pk}/buy-again/").json()
    assert told["added"] == 1
    assert [(left["sku"], left["quantity"]) for left in told["not_available"]] == [("MUG", 1)]


def test_a_guest_with_the_orders_token_gets_a_cart(guest, mug, shipping):
    guest.put_in_cart(mug)
    placed = guest.order().json()
    stranger = type(guest)()
    assert stranger.call("post", f"order/{placed['id']}/buy-again/").status_code == 404
    answer = stranger.call("post", f"order/{placed['id']}/buy-again/", **{"X-Order-Token": placed["order_token"]})
    assert (answer.status_code, answer.json()["added"]) == (200, 1)
    assert stranger.call("get", "cart/").json()["item_count"] == 1


def test_not_for_others_staff_included(mug, shipping):
    order = made.make_order(variant=mug, user=make_user("asha"))
    for client in (client_of(), client_of(make_user()), client_of(make_user(role="support"))):
        assert client.post(f"/api/order/{order.pk}/buy-again/").status_code == 404
    assert not CartLine.objects.exists() and Order.objects.count() == 1
