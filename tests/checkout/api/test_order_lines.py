"""A vendor sees what was ordered of its own products, and nothing of who ordered it."""

from __future__ import annotations

import pytest

from catalog.product.models import ProductCore
from tests.factories.orders import make_order
from tests.factories.people import client_of, make_user
from tests.factories.variants import make_variant


@pytest.fixture
def vendor(db):
    return make_user("vendor", role="vendor")


def sold(seller, **facts):
    variant = make_variant()
    ProductCore.objects.filter(pk=variant.core_id).update(seller=seller)
    return make_order(variant=type(variant).objects.get(pk=variant.pk), quantity=2, email="asha@example.com", **facts)


def test_a_vendor_sees_its_own_lines_and_no_buyer(vendor):
    mine, _house, _rival = sold(vendor), sold(None), sold(make_user("rival", role="vendor"))
    answer = client_of(vendor).get("/api/order-line/")
    [line] = answer.json()["results"]
    assert line["order_number"] == mine.number and line["quantity"] == 2 and line["total"] == "1298.00"
    assert line["status"] == "pending" and line["placed_at"].endswith("Z")
    text = answer.content.decode()
    assert "asha" not in text.lower() and "Koramangala" not in text


def test_staff_see_all_and_buyers_none(vendor):
    sold(vendor), sold(None)
    assert client_of(make_user(role="support")).get("/api/order-line/").json()["count"] == 2
    assert client_of(make_user()).get("/api/order-line/").status_code == 403
    assert client_of().get("/api/order-line/").status_code == 401


def test_it_is_filtered_by_status_and_asks_little(vendor, django_assert_max_num_queries):
    for _ in range(3):
        sold(vendor)
    client = client_of(vendor)
    with django_assert_max_num_queries(6):
        assert client.get("/api/order-line/?status=pending").json()["count"] == 3
    assert client.get("/api/order-line/?status=shipped").json()["count"] == 0
    assert client.get("/api/order-line/?status=lost").status_code == 400
