from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from checkout.cart.models import Cart, CartLine
from tests.checkout.api.conftest import Guest
from tests.factories.variants import make_variant


def test_an_empty_cart_is_a_cart(guest):
    answer = guest.call("get", "cart/")
    assert answer.status_code == 200
    assert answer.json() | {"items": [], "item_count": 0, "total": "0.00", "currency": "INR"} == answer.json()
    assert not Cart.objects.exists()


def test_the_first_write_gives_the_token_and_only_its_hash_is_kept(guest, mug, shipping):
    answer = guest.put_in_cart(mug, 2)
    assert answer.status_code == 201, answer.content
    assert len(answer.headers["X-Cart-Token"]) >= 22  # 128 bits in base64
    assert guest.cart_token not in str(list(Cart.objects.values()))
    item = answer.json()
    assert (item["sku"], item["quantity"], item["unit_price"], item["line_total"]) == ("MUG", 2, "649.00", "1298.00")
    cart = guest.call("get", "cart/").json()
    assert (cart["subtotal"], cart["shipping"], cart["tax"], cart["total"]) == ("1298.00", "0.00", "198.00", "1298.00")


def test_the_same_product_again_adds_to_its_line(guest, mug, shipping):
    first = guest.put_in_cart(mug, 1)
    again = guest.put_in_cart(mug, 2)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["quantity"] == 3
    assert CartLine.objects.count() == 1


@pytest.mark.parametrize("quantity", [0, -1, 1.5, 10**9, "two", None, True, [1], "1e3"])
def test_quantities_that_are_none_are_refused(guest, mug, quantity):
    answer = guest.call("post", "cart/items/", {"product_id": mug.core_id, "quantity": quantity})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "quantity" in answer.json()["errors"]
    assert not CartLine.objects.exists()


def test_more_than_there_is_says_how_many_there_are(guest, mug):
    guest.put_in_cart(mug, 8)
    answer = guest.put_in_cart(mug, 3)
    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["available"]) == ("out_of_stock", 10)
    assert CartLine.objects.get().quantity == 8


def test_999_is_the_most_of_one_line(guest, db):
    plenty = make_variant(stock=5000)
    guest.put_in_cart(plenty, 998)
    answer = guest.put_in_cart(plenty, 2)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["quantity"])
    assert CartLine.objects.get().quantity == 998


def test_products_that_are_not_there_or_not_for_sale(guest, mug, db):
    assert guest.call("post", "cart/items/", {"product_id": 10**9, "quantity": 1}).json()["errors"]["product_id"]
    assert (
        guest.call(
            "post", "cart/items/", {"product_id": mug.core_id, "variant_id": 1 + 10**9, "quantity": 1}
        ).status_code
        == 400
    )
    unpriced = make_variant(price=None)
    answer = guest.put_in_cart(unpriced)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_for_sale")
    assert not CartLine.objects.exists()


def test_prices_and_users_in_the_body_are_ignored(guest, mug, shipping):
    body = {"product_id": mug.core_id, "quantity": 1, "unit_price": "1.00", "price": "1.00", "user": 1, "cart": 7}
    assert guest.call("post", "cart/items/", body).json()["unit_price"] == "649.00"


def test_a_line_is_changed_and_removed(guest, mug, shipping):
    line = guest.put_in_cart(mug).json()["id"]
    assert guest.call("patch", f"cart/items/{line}/", {"quantity": 5}).json()["quantity"] == 5
    assert guest.call("put", f"cart/items/{line}/", {"quantity": 11}).status_code == 409
    assert guest.call("get", f"cart/items/{line}/").json()["quantity"] == 5
    assert guest.call("patch", f"cart/items/{line}/", {"quantity": 0}).status_code == 204
    assert guest.call("get", f"cart/items/{line}/").status_code == 404


def test_emptying_and_deleting(guest, mug):
    line = guest.put_in_cart(mug).json()["id"]
    assert guest.call("delete", f"cart/items/{line}/").status_code == 204
    guest.put_in_cart(mug)
    assert guest.call("delete", "cart/").status_code == 204
    assert not CartLine.objects.exists()


def test_a_foreign_line_answers_like_a_missing_one(guest, mug):
    line = guest.put_in_cart(mug).json()["id"]
    stranger = Guest()
    stranger.put_in_cart(mug)
    for method in ("get", "delete", "patch"):
        foreign = stranger.call(method, f"cart/items/{line}/", {"quantity": 1})
        missing = stranger.call(method, "cart/items/999999/", {"quantity": 1})
        assert (foreign.status_code, foreign.json()) == (missing.status_code, missing.json())
        assert foreign.status_code == 404
    assert CartLine.objects.filter(pk=line).exists()


@pytest.mark.parametrize("token", ["", "made-up", "a" * 300])
def test_an_unknown_token_is_an_empty_cart_and_a_new_one_at_the_first_write(guest, mug, token):
    guest.put_in_cart(mug)
    stranger = Guest()
    assert stranger.call("get", "cart/", **{"X-Cart-Token": token}).json()["items"] == []
    answer = stranger.call("post", "cart/items/", {"product_id": mug.core_id, "quantity": 1}, **{"X-Cart-Token": token})
    assert answer.headers["X-Cart-Token"] not in (token, guest.cart_token)


def test_a_price_change_is_told_once_and_then_seen(guest, mug, shipping):
    guest.put_in_cart(mug)
    set_base_prices(prices={mug.pk: BasePrice(59900)}, currency="INR", at=timezone.now())
    warnings = guest.call("get", "cart/").json()["warnings"]
    assert [(w["code"], w["shown"], w["now"]) for w in warnings] == [("price_changed", "649.00", "599.00")]
    assert guest.call("get", "cart/").json()["warnings"] == []


def test_another_currency_prices_the_same_cart(guest, mug, shipping):
    guest.put_in_cart(mug)
    set_base_prices(prices={mug.pk: BasePrice(950)}, currency="USD", at=timezone.now())
    cart = guest.call("get", "cart/?currency=USD").json()
    assert (cart["currency"], cart["subtotal"], cart["warnings"]) == ("USD", "9.50", [])
    set_base_prices(prices={mug.pk: BasePrice(990)}, currency="USD", at=timezone.now())
    [warning] = guest.call("get", "cart/?currency=USD").json()["warnings"]
    assert (warning["code"], warning["shown"], warning["now"]) == ("price_changed", "9.50", "9.90")
    assert guest.call("get", "cart/?currency=XXX").json()["errors"]["currency"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'{"quantity": NaN}', "application/json", 400),
        (b'{"quantity": 1, "quantity": 2}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"a=1", "text/csv", 415),
        (b'{"x": "' + b"y" * 3_000_000 + b'"}', "application/json", 413),
    ],
)
def test_bodies_that_cannot_be_read(guest, mug, body, content_type, status):
    answer = guest.generic("POST", "/api/cart/items/", body, content_type=content_type)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Cart.objects.exists()


@pytest.mark.usefixtures("noon")
def test_shipping_offers(guest, mug, shipping):
    guest.put_in_cart(mug)
    offers = guest.call("get", "cart/shipping/?pincode=560034").json()
    assert [(o["code"], o["price"], o["cod"]) for o in offers] == [
        ("flat", "49.00", True),
        ("express", "149.00", False),
    ]
    today = timezone.localdate()
    for offer in offers:
        assert offer["earliest_date"] == (today + timedelta(days=offer["min_days"])).isoformat()
        assert offer["latest_date"] == (today + timedelta(days=offer["max_days"])).isoformat()
    guest.put_in_cart(mug)
    assert guest.call("get", "cart/shipping/").json()[0]["price"] == "0.00"


@pytest.mark.parametrize(
    ("query", "field"),
    [("pincode=012345", "pincode"), ("pincode=5600341", "pincode"), ("pincode=abc&country=in", "pincode"),
     ("pincode=560034&country=US", "pincode"), ("country=XX", "country"), ("country=India", "country")],
)  # fmt: skip
def test_no_way_is_told_to_where_there_is_no_place(guest, mug, shipping, query, field):
    guest.put_in_cart(mug)
    answer = guest.call("get", f"cart/shipping/?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_query_budgets(guest, mug, shipping, django_assert_max_num_queries):
    guest.put_in_cart(mug)
    with CaptureQueriesContext(connection) as queries:
        guest.put_in_cart(mug)
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 6
    with django_assert_max_num_queries(4):
        guest.call("get", "cart/")
