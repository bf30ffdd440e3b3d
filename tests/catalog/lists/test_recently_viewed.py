"""Recently viewed: rows of an account, ids in a guest's cookie; twenty, the latest first; the page itself stays kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.viewed.models import View
from catalog.viewed.selectors import viewed_ids
from catalog.viewed.services.note_views import note_views
from shop.accounts.services.close_account import close_account
from shop.privacy.services.apply_retention import apply_retention
from tests.factories.catalog import make_product
from tests.factories.people import PASSWORD, client_of, make_user

pytestmark = pytest.mark.django_db
URL = "/api/recently-viewed/"


def ids(client) -> list[int]:
    return [row["id"] for row in client.get(URL).json()]


def test_of_an_account(django_assert_max_num_queries):
    asha, products = make_user("asha"), [make_product() for _ in range(3)]
    client = client_of(asha)
    for product in [*products, products[0]]:
        assert client.post(URL, {"product_id": product.pk}).status_code == 204
    assert ids(client) == [products[0].pk, products[2].pk, products[1].pk]
    assert ids(client_of(make_user())) == []
    with django_assert_max_num_queries(3):
        ids(client)


def test_of_a_guest_in_a_cookie_that_no_script_reads():
    first, second, client = make_product(), make_product(), client_of()
    client.post(URL, {"product_id": first.pk})
    answer = client.post(URL, {"product_id": second.pk})
    cookie = answer.cookies["viewed"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (f"{second.pk}.{first.pk}", True, "Lax")
    assert ids(client) == [second.pk, first.pk]
    assert not View.objects.exists()
    for strange in ("x", "1e9.-5", "9" * 400, f"{first.pk}.~"):
        client.cookies["viewed"] = strange
        assert client.get(URL).status_code == 200


@pytest.mark.parametrize("bad", [{}, {"product_id": "x"}, {"product_id": 0}, {"product_id": 2**64}])
def test_bad_input(bad):
    assert client_of(make_user()).post(URL, bad).status_code == 400


def test_twenty_are_kept_and_what_is_not_on_sale_is_passed_over():
    asha, products = make_user(), [make_product(refreshed=False) for _ in range(23)]
    now = timezone.now()
    for number, product in enumerate(products):
        note_views(user=asha, product_ids=[product.pk], at=now + timedelta(minutes=number))
    latest = [product.pk for product in reversed(products)][:20]
    assert viewed_ids(asha) == latest
    note_views(user=asha, product_ids=[latest[5], 999999], at=now + timedelta(hours=1))
    assert View.objects.count() == 20 and viewed_ids(asha)[0] == latest[5]


def test_the_strip_comes_after_the_page_and_names_those_before(django_assert_num_queries):
    mug, lamp = make_product("Chai mug", slug="chai-mug"), make_product("Lamp", slug="lamp")
    client = Client()
    page = client.get("/product/chai-mug/")
    assert f'data-viewed="/viewed/{mug.pk}/"' in page.content.decode() and "viewed" not in client.cookies
    assert client.post(f"/viewed/{mug.pk}/").content.strip() == b""
    with django_assert_num_queries(0):
        client.get("/product/chai-mug/")
    assert "Chai mug" in client.post(f"/viewed/{lamp.pk}/").content.decode()
    assert Client().post(f"/viewed/{mug.pk}/", HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert Client().post(f"/viewed/{2**64}/").status_code == 404


def test_a_guests_views_come_along_at_sign_in_and_stand_in_the_account():
    asha, mug = make_user("asha"), make_product("Chai mug")
    client = Client()
    client.post(f"/viewed/{mug.pk}/")
    client.post("/account/login/", {"username": "asha", "password": PASSWORD})
    assert viewed_ids(asha) == [mug.pk]
    assert "Seen lately" in client.get("/account/").content.decode()


def test_what_was_looked_at_half_a_year_ago_is_forgotten():
    asha, mug, lamp, now = make_user("asha"), make_product(), make_product(), timezone.now()
    note_views(user=asha, product_ids=[mug.pk], at=now - timedelta(days=181))
    note_views(user=asha, product_ids=[lamp.pk], at=now - timedelta(days=179))
    assert apply_retention(at=now)["views"] == 1
    assert viewed_ids(asha) == [lamp.pk]


def test_export_and_erasure():
    asha, mug = make_user("asha"), make_product()
    note_views(user=asha, product_ids=[mug.pk], at=timezone.now())
    assert client_of(asha).get("/api/self/export/").json()["recently_viewed"][0]["core_id"] == mug.pk
    close_account(user=asha, at=timezone.now())
    assert not View.objects.exists()
