"""Saved for later, through both doors: aside and back, never lost, never anybody else's."""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from checkout.cart.models import Cart, CartLine, SavedLine
from checkout.cart.services.save_line import save_line
from tests.checkout.api.conftest import Guest
from tests.factories.catalog import make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.shop import make_shipping
from tests.threads import at_once

SAVED = "cart/saved/"


@pytest.fixture
def mug(db):
    make_shipping()
    return make_product("Chai mug", stock=5)


def guest_with(product, quantity: int = 2) -> tuple[Guest, int]:
    guest = Guest()
    guest.put_in_cart(product.variants.get(), quantity)
    return guest, CartLine.objects.latest("pk").pk


class TestApi:
    def test_aside_and_back(self, mug, django_assert_max_num_queries):
        guest, line = guest_with(mug)
        aside = guest.call("post", f"cart/items/{line}/save-for-later/")
        assert aside.status_code == 200
        [saved] = aside.json()
        assert (saved["name"], saved["quantity"], saved["line_total"]) == ("Chai mug", 2, "1298.00")
        cart = guest.call("get", "cart/").json()
        assert (cart["items"], cart["total"]) == ([], "0.00")
        with django_assert_max_num_queries(6):
            assert guest.call("get", SAVED).json() == [saved]
        back = guest.call("post", f"{SAVED}{saved['id']}/move-to-cart/")
        assert (back.status_code, back.json()["quantity"]) == (200, 2)
        assert guest.call("get", SAVED).json() == []
        assert guest.call("post", f"{SAVED}{saved['id']}/move-to-cart/").status_code == 404

    def test_what_is_sold_out_meanwhile_stays_aside(self, mug):
        from catalog.inventory.services.adjust import adjust
        from tests.factories.variants import item_of

        guest, line = guest_with(mug)
        [saved] = guest.call("post", f"cart/items/{line}/save-for-later/").json()
        adjust(stock_item_id=item_of(mug.variants.get()).pk, set_to=1, reason="sold", at=timezone.now())
        refused = guest.call("post", f"{SAVED}{saved['id']}/move-to-cart/")
        assert (refused.status_code, refused.json()["code"], refused.json()["available"]) == (409, "out_of_stock", 1)
        assert SavedLine.objects.count() == 1 and not CartLine.objects.exists()
        assert guest.call("delete", f"{SAVED}{saved['id']}/").status_code == 204
        assert guest.call("delete", f"{SAVED}{saved['id']}/").status_code == 404

    def test_twice_takes_the_larger_quantity(self, mug):
        guest, line = guest_with(mug, 2)
        guest.call("post", f"cart/items/{line}/save-for-later/")
        guest.put_in_cart(mug.variants.get(), 3)
        [saved] = guest.call("post", f"cart/items/{CartLine.objects.get().pk}/save-for-later/").json()
        assert saved["quantity"] == 3

    def test_anothers_line_is_not_there(self, mug):
        guest, line = guest_with(mug)
        stranger, _line = guest_with(mug, 1)
        assert stranger.call("post", f"cart/items/{line}/save-for-later/").status_code == 404
        [saved] = guest.call("post", f"cart/items/{line}/save-for-later/").json()
        assert stranger.call("post", f"{SAVED}{saved['id']}/move-to-cart/").status_code == 404
        assert stranger.call("delete", f"{SAVED}{saved['id']}/").status_code == 404
        assert Guest().call("get", SAVED).json() == []
        assert Guest().call("post", f"cart/items/{line}/save-for-later/").status_code == 404
        assert SavedLine.objects.count() == 1

    def test_an_order_leaves_it_alone(self, mug):
        guest, line = guest_with(mug)
        guest.call("post", f"cart/items/{line}/save-for-later/")
        guest.put_in_cart(mug.variants.get(), 1)
        assert guest.order().status_code == 201
        assert [row["quantity"] for row in guest.call("get", SAVED).json()] == [2]


class TestPages:
    def test_on_the_cart_page_without_script(self, mug):
        client = Client()
        client.post("/cart/add/", {"product": mug.pk, "quantity": 2})
        line = CartLine.objects.get()
        assert f"/cart/items/{line.pk}/later/" in client.get("/cart/").content.decode()
        client.post(f"/cart/items/{line.pk}/later/")
        page = client.get("/cart/").content.decode()
        assert "For later" in page and "Back into the cart" in page
        saved = SavedLine.objects.get()
        assert Client().post(f"/cart/saved/{saved.pk}/back/").status_code == 404
        client.post(f"/cart/saved/{saved.pk}/back/")
        assert CartLine.objects.get().quantity == 2
        client.post(f"/cart/items/{CartLine.objects.get().pk}/later/")
        client.post(f"/cart/saved/{SavedLine.objects.get().pk}/drop/")
        assert not SavedLine.objects.exists()

    def test_it_comes_along_at_sign_in(self, mug):
        lamp, asha = make_product("Lamp"), make_user("asha")
        own = Cart.objects.create(user=asha, currency="INR")
        SavedLine.objects.create(cart=own, variant=mug.variants.get(), quantity=1, saved_at=timezone.now())
        client = Client()
        for product in (mug, lamp):
            client.post("/cart/add/", {"product": product.pk, "quantity": 3})
            client.post(f"/cart/items/{CartLine.objects.latest('pk').pk}/later/")
        client.post("/account/login/", {"username": "asha", "password": PASSWORD})
        kept = dict(own.saved.values_list("variant__core", "quantity"))
        assert kept == {mug.pk: 1, lamp.pk: 3}
        assert Cart.objects.count() == 1


def test_pressed_twice_at_once(own_database):
    make_shipping()
    _guest, line = guest_with(make_product())
    save = partial(save_line, cart_id=Cart.objects.get().pk, line_id=line, at=timezone.now())
    results = at_once([save, save])
    assert sorted(type(result).__name__ for result in results) == ["NotThere", "SavedLine"]
    assert SavedLine.objects.get().quantity == 2
