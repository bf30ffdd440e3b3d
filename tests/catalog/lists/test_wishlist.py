"""The wishlist through both doors: what is kept, what it costs now, and that it is nobody else's."""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.wishlist.models import MOST, WishlistItem
from catalog.wishlist.services.keep_product import keep_product
from checkout.cart.models import CartLine
from shop.accounts.services.close_account import close_account
from shop.core.context import ShopContext
from tests.factories.catalog import make_category, make_product
from tests.factories.people import client_of, make_user
from tests.factories.reviews import settle
from tests.threads import at_once

LIST = "/api/wishlist/"


@pytest.fixture
def asha(db):
    return make_user("asha")


def browser(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def set_price(product, paise: int) -> None:
    prices = {variant.pk: BasePrice(paise, None) for variant in product.variants.all()}
    set_base_prices(prices=prices, currency="INR", at=timezone.now())


class TestApi:
    def test_kept_once_and_taken_off(self, asha):
        mug, client = make_product("Chai mug"), client_of(asha)
        first, again = (client.post(LIST, {"product_id": mug.pk}) for _ in range(2))
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        kept = first.json()
        assert (kept["product"]["name"], kept["price"], kept["price_when_added"], kept["price_dropped"]) == (
            "Chai mug", "649.00", "649.00", False)  # fmt: skip
        assert [row["id"] for row in client.get(LIST).json()["results"]] == [kept["id"]]
        assert client.delete(f"{LIST}{kept['id']}/").status_code == 204
        assert client.delete(f"{LIST}{kept['id']}/").status_code == 404
        assert client.get(LIST).json()["count"] == 0

    def test_a_lower_price_is_told(self, asha, django_capture_on_commit_callbacks):
        mug, client = make_product(), client_of(asha)
        client.post(LIST, {"product_id": mug.pk, "variant_id": mug.variants.get().pk})
        client.post(LIST, {"product_id": make_product().pk})
        set_price(mug, 49900)
        settle()
        told = {row["product_id"]: (row["price"], row["price_dropped"]) for row in client.get(LIST).json()["results"]}
        assert told[mug.pk] == ("499.00", True)
        assert [dropped for _price, dropped in told.values()].count(True) == 1

    def test_refusals_change_nothing(self, asha, monkeypatch):
        mug, other = make_product(), make_product()
        client = client_of(asha)
        assert client_of().post(LIST, {"product_id": mug.pk}).status_code == 401
        assert client.post(LIST, {"product_id": 999999}).status_code == 404
        foreign = client.post(LIST, {"product_id": mug.pk, "variant_id": other.variants.get().pk})
        assert (foreign.status_code, list(foreign.json()["errors"])) == (400, ["variant_id"])
        for bad in ({}, {"product_id": "x"}, {"product_id": -1}, {"product_id": 2**70}):
            assert client.post(LIST, bad).status_code == 400
        assert not WishlistItem.objects.exists()
        assert MOST == 300
        monkeypatch.setattr("catalog.wishlist.services.keep_product.MOST", 1)
        client.post(LIST, {"product_id": mug.pk})
        full = client.post(LIST, {"product_id": other.pk})
        assert (full.status_code, full.json()["code"]) == (409, "wishlist_full")

    def test_it_is_nobody_elses(self, asha):
        item = client_of(asha).post(LIST, {"product_id": make_product().pk}).json()["id"]
        ravi = client_of(make_user())
        assert ravi.get(LIST).json()["count"] == 0
        assert ravi.delete(f"{LIST}{item}/").status_code == 404
        assert ravi.post(f"{LIST}{item}/move-to-cart/").status_code == 404
        assert WishlistItem.objects.count() == 1

    def test_into_the_cart_and_off_the_list_or_neither(self, asha):
        mug, gone = make_product(), make_product(stock=0)
        client = client_of(asha)
        item, sold_out = (client.post(LIST, {"product_id": p.pk}).json()["id"] for p in (mug, gone))
        refused = client.post(f"{LIST}{sold_out}/move-to-cart/")
        assert (refused.status_code, refused.json()["code"]) == (409, "out_of_stock")
        moved = client.post(f"{LIST}{item}/move-to-cart/")
        assert (moved.status_code, moved.json()["product_id"], moved.json()["quantity"]) == (201, mug.pk, 1)
        assert client.post(f"{LIST}{item}/move-to-cart/").status_code == 404
        assert list(WishlistItem.objects.values_list("pk", flat=True)) == [sold_out]
        assert CartLine.objects.get().quantity == 1

    def test_one_of_several_has_to_be_chosen(self, asha):
        mug = make_product(options=[{"size": "S"}, {"size": "M"}])
        client = client_of(asha)
        item = client.post(LIST, {"product_id": mug.pk}).json()["id"]
        unclear = client.post(f"{LIST}{item}/move-to-cart/")
        assert (unclear.status_code, list(unclear.json()["errors"])) == (400, ["variant_id"])
        medium = mug.variants.last().pk
        assert client.post(LIST, {"product_id": mug.pk, "variant_id": medium}).json()["variant_id"] == medium
        assert client.post(f"{LIST}{item}/move-to-cart/").json()["variant_id"] == medium

    def test_the_list_asks_little_however_much_there_is(self, asha, django_assert_max_num_queries):
        client = client_of(asha)
        for _ in range(4):
            product = make_product()
            client.post(LIST, {"product_id": product.pk, "variant_id": product.variants.get().pk})
        with django_assert_max_num_queries(4):
            assert len(client.get(LIST).json()["results"]) == 4

    def test_what_is_not_on_sale_any_more_stays_without_card(self, asha):
        mug = make_product()
        client_of(asha).post(LIST, {"product_id": mug.pk})
        from catalog.product.services.unpublish_product import unpublish_product

        unpublish_product(product_id=mug.pk)
        settle()
        [row] = client_of(asha).get(LIST).json()["results"]
        assert (row["product"], row["price"]) == (None, None)
        assert "Not on sale any more" in browser(asha).get("/account/wishlist/").content.decode()


class TestPages:
    def test_the_heart_works_with_and_without_script(self, asha):
        mug = make_product("Chai mug", slug="chai-mug")
        url, client = f"/wishlist/{mug.pk}/", browser(asha)
        guest = browser().post(url)
        assert (guest.status_code, guest.url) == (302, "/account/login/?next=%2Fproduct%2Fchai-mug%2F")
        by_script = {"HTTP_ACCEPT": "application/json"}
        assert browser().post(url, **by_script).json() == {"sign_in": guest.url}
        assert client.post(url).url == "/account/wishlist/"
        assert "Chai mug" in client.get("/account/wishlist/").content.decode()
        assert client.get("/cart/summary/").json()["wished"] == [mug.pk]
        assert client.post(url, {"remove": "1"}, **by_script).json() == {"wished": False}
        assert client.post(url, **by_script).json() == {"wished": True}
        assert client.post("/wishlist/999999/", **by_script).status_code == 404
        assert browser(asha).post(url, HTTP_ORIGIN="https://elsewhere.example").status_code == 403

    def test_hearts_stand_on_products_and_cards_that_are_the_same_for_all(self, asha):
        shelf = make_category("Mugs", slug="mugs")
        mug = make_product("Chai mug", slug="chai-mug", categories=[shelf])
        for address in ("/product/chai-mug/", "/mugs/"):
            page = browser(asha).get(address)
            assert f'data-wish="{mug.pk}"' in page.content.decode()
            assert "csrfmiddlewaretoken" not in page.content.decode()

    def test_from_the_list_into_the_cart(self, asha):
        mug = make_product("Chai mug")
        client = browser(asha)
        client.post(f"/wishlist/{mug.pk}/")
        item = WishlistItem.objects.get()
        set_price(mug, 49900)
        settle()
        assert "was ₹649 when you kept it" in client.get("/account/wishlist/").content.decode()
        assert client.post(f"/cart/from-wishlist/{item.pk}/").url == "/cart/"
        assert CartLine.objects.get().cart.user == asha
        assert browser(make_user()).post(f"/cart/from-wishlist/{item.pk}/").status_code == 404


def test_hearts_pressed_at_once_are_one(own_database):
    user, mug = make_user(), make_product()
    keep = partial(keep_product, user=user, product_id=mug.pk, context=ShopContext.now(), at=timezone.now())
    results = at_once([keep] * 4)
    assert not [result for result in results if isinstance(result, Exception)]
    assert WishlistItem.objects.count() == 1


def test_export_and_erasure(asha):
    mug = make_product()
    client_of(asha).post(LIST, {"product_id": mug.pk})
    client_of(make_user()).post(LIST, {"product_id": mug.pk})
    assert [row["core_id"] for row in client_of(asha).get("/api/self/export/").json()["wishlist"]] == [mug.pk]
    close_account(user=asha, at=timezone.now())
    assert WishlistItem.objects.count() == 1
