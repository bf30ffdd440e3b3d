"""A vendor sees what was ordered of its own products, and nothing of who ordered it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Count

from catalog.product.models import ProductCore
from checkout.order.models import OrderLine
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


def test_a_vendors_lines_are_not_looked_for_in_all_lines(vendor):
    """30,000 lines, of which 60 are hers and long ago: neither the page nor its count reads the others."""
    sold(vendor)
    line = OrderLine.objects.values().get()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # lines without orders: only the plan counts
        OrderLine.objects.bulk_create(
            OrderLine(**line | {"id": None, "order_id": 10**6 + n, "seller_id": vendor.pk if n < 60 else 10**6 + n % 7})
            for n in range(30_000)
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("ANALYZE order_orderline")
    hers = OrderLine.objects.filter(seller_id=vendor.pk)
    for asked in (hers.order_by("-pk")[:24], hers.values("seller_id").annotate(n=Count("*"))):
        plan = asked.explain()
        assert "order_line_of_seller" in plan and "Seq Scan on order_orderline" not in plan, plan
