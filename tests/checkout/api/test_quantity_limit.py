"""At most so many of one kind in an order: by the shop and by the SKU, at every door through which they come in."""

from __future__ import annotations

import pytest
from django.utils import timezone

from catalog.inventory.models import OrderLimits, Reservation, StockItem
from catalog.listing.services.refresh import refresh
from checkout.cart.models import CartLine
from checkout.cart.services.merge_carts import merge_carts
from checkout.order.models import Order
from shop.core.api.caller import hash_token
from tests.checkout.storefront.conftest import Browser, text_of
from tests.factories import orders as made
from tests.factories.catalog import make_product
from tests.factories.people import client_of, make_user
from tests.factories.variants import make_variant


@pytest.fixture
def limit(db):
    """`limit(3)` for the shop, `limit(2, mug)` for a SKU."""

    def put(most: int, variant=None) -> None:
        if variant is None:
            OrderLimits.objects.update_or_create(pk=1, defaults={"max_per_order": most})
        else:
            StockItem.objects.filter(variant=variant).update(max_per_order=most)

    return put


def _refused(answer, most: int) -> None:
    told = answer.json()
    assert (answer.status_code, told["code"], told["max_quantity"]) == (400, "quantity_limit", most)
    assert told["detail"] == f"At most {most} of this in an order."
    assert told["errors"] == {"quantity": [f"At most {most} of this in an order."]}


def test_the_lower_of_both_numbers_holds(guest, mug, limit):
    limit(3)
    _refused(guest.put_in_cart(mug, 4), 3)
    assert not CartLine.objects.exists()
    limit(2, mug)
    _refused(guest.put_in_cart(mug, 3), 2)
    limit(5, mug)
    _refused(guest.put_in_cart(mug, 4), 3)
    line = guest.put_in_cart(mug, 3).json()
    assert (line["quantity"], line["max_quantity"]) == (3, 3)
    _refused(guest.put_in_cart(mug, 1), 3)
    _refused(guest.call("patch", f"cart/items/{line['id']}/", {"quantity": 4}), 3)
    assert CartLine.objects.get().quantity == 3
    assert guest.call("patch", f"cart/items/{line['id']}/", {"quantity": 1}).status_code == 200


def test_fewer_than_the_limit_in_stock_is_said_first(guest, limit):
    few = make_variant(stock=2)
    limit(3)
    assert guest.put_in_cart(few, 4).json()["code"] == "out_of_stock"


def test_a_cart_from_before_is_warned_and_not_ordered(guest, mug, shipping, limit):
    line = guest.put_in_cart(mug, 4).json()["id"]
    limit(3, mug)
    told = {"item_id": line, "sku": "MUG", "requested": 4, "max_quantity": 3}
    (warning,) = guest.call("get", "cart/").json()["warnings"]
    assert (warning["code"], {key: warning[key] for key in told}) == ("quantity_limit", told)
    answer = guest.order()
    assert (answer.status_code, answer.json()["code"], answer.json()["items"]) == (409, "quantity_limit", [told])
    assert (Order.objects.count(), Reservation.objects.count(), CartLine.objects.get().quantity) == (0, 0, 4)
    guest.call("patch", f"cart/items/{line}/", {"quantity": 3})
    assert guest.order().status_code == 201


def test_signing_in_and_buying_again_fill_a_cart_up_to_it(guest, mug, shipping, limit):
    asha = make_user("asha")
    order = made.make_order(variant=mug, quantity=4, user=asha)
    guest.put_in_cart(mug, 2)
    limit(3)
    told = client_of(asha).post(f"/api/order/{order.pk}/buy-again/").json()
    assert (told["added"], [left["quantity"] for left in told["not_available"]]) == (3, [1])
    merge_carts(user_id=asha.pk, token_hash=hash_token(guest.cart_token))
    assert CartLine.objects.get().quantity == 3


def test_the_pages_say_the_same(db, shipping, limit):
    lamp = make_product("Pendant lamp", sku="LAMP", price=429000, stock=9)
    browser = Browser()
    browser.add(lamp, 2)
    limit(2)
    refused = browser.send("/cart/add/", {"product": lamp.pk, "quantity": 1}, **{"HX-Request": "true"})
    assert refused.status_code == 400 and "At most 2 of this in an order." in text_of(refused)
    browser.send(f"/cart/items/{CartLine.objects.get().pk}/", {"quantity": 3})
    assert "At most 2 of this in an order." in text_of(browser.get("/cart/"))
    assert CartLine.objects.get().quantity == 2
    limit(1)
    assert "Pendant lamp: At most 1 of this in an order. You asked for 2. Take fewer" in text_of(browser.get("/cart/"))
    assert browser.get("/checkout/review/")["Location"] == "/cart/"


def test_a_product_tells_it_to_its_stepper(guest, limit):
    lamp = make_product("Pendant lamp", stock=9)
    limit(4)
    refresh([lamp.pk], at=timezone.now())
    (variant,) = guest.get(f"/api/product/{lamp.pk}/").json()["variants"]
    assert variant["max_quantity"] == 4
    assert 'data-max="4"' in guest.get(variant_page(guest, lamp)).content.decode()
    assert guest.get("/api/settings/").json()["max_quantity"] == 4


def variant_page(guest, core) -> str:
    return guest.get(f"/api/product/{core.pk}/").json()["url"]
