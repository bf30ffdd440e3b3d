"""The list of orders: what it shows, finds, exports and costs; and shipping several at once."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checkout.order.models import Order
from shop.core.backoffice import spreadsheets
from tests.checkout.backoffice.test_order_actions import everything, url
from tests.factories import orders as made
from tests.factories.people import make_user
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db


def found(response) -> set[int]:
    assert response.status_code == 200
    return {order.pk for order in response.context["object_list"]}


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.fixture
def shelf(db):
    """One order in every stage."""
    now = timezone.now()
    return {
        "cod": made.make_order(variant=make_variant(price=124830000 // 1000, sku="DIYA-7"), name="Meera Iyer"),
        "unpaid": made.make_order(method="razorpay", email="late@example.org", at=now - timedelta(days=3)),
        "paid": made.make_paid_order(phone="+919811122233"),
        "shipped": made.make_shipped_order(),
        "delivered": made.make_delivered_order(),
        "cancelled": made.make_cancelled_order(user=make_user("kiran")),
    }


def test_it_shows_words_and_figures(merchandiser, shelf):
    page = merchandiser.get(url("list")).content.decode()
    for text in (shelf["cod"].number, "Meera Iyer", "Waiting for payment", "Collect at the door", "Not shipped", "Delivered", "Cancelled",
                 "Cash on delivery", "₹1,248.30"):  # fmt: skip
        assert text in page, text
    assert url("inspect", shelf["cod"].pk) in page and url("edit", shelf["cod"].pk) not in page
    assert "Add order" not in page and "/bulk/order/order/delete/" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=pending", {"cod", "unpaid"}),
        ("status=paid", {"paid"}),
        ("status=shipped", {"shipped"}),
        ("status=delivered", {"delivered"}),
        ("status=cancelled", {"cancelled"}),
        ("waiting=pack", {"cod", "paid"}),
        ("payment_status=void&payment_status=paid", {"paid", "delivered", "cancelled"}),
        ("payment_method=razorpay", {"unpaid", "paid"}),
        ("total_min=1000", {"cod"}),
        ("total_max=1000", {"unpaid", "paid", "shipped", "delivered", "cancelled"}),
        ("q=DIYA-7", {"cod"}),
        ("q=meera", {"cod"}),
        ("q=late@example", {"unpaid"}),
        ("q=98111 22233", {"paid"}),
        ("q=098111", {"paid"}),
        ("q=kiran@", {"cancelled"}),
        ("q=nobody", set()),
    ],
)
def test_it_filters_and_searches(merchandiser, shelf, query, names):
    expected = {shelf[name].pk for name in names}
    assert found(merchandiser.get(f"{url('list')}?{query}")) == expected
    assert found(merchandiser.get(f"{url('list_results')}?{query}&_w_filter_fragment=1")) == expected


@pytest.mark.usefixtures("noon")
def test_it_finds_a_number_and_a_day(merchandiser, shelf):
    for text in (shelf["paid"].number, shelf["paid"].number.lower(), shelf["paid"].number.removeprefix("OS-")):
        assert found(merchandiser.get(url("list"), {"q": text})) == {shelf["paid"].pk}
    day = timezone.localdate() - timedelta(days=3)
    query = {"placed_at_from": day.isoformat(), "placed_at_to": day.isoformat()}
    assert found(merchandiser.get(url("list"), query)) == {shelf["unpaid"].pk}


@pytest.mark.parametrize("query", ["total_min=x", "placed_at_from=2026-13-99", "status=odd", "p=999", "ordering=secret",
                                   "q=%00", "total_min=1e9999"])  # fmt: skip
def test_odd_input_is_no_error(merchandiser, shelf, query):
    assert merchandiser.get(f"{url('list')}?{query}").status_code == 200


def rows_of(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_csv_holds_what_is_filtered(support, shelf):
    made.make_order(name="=HYPERLINK('x')", note="+1+2")
    rows = rows_of(support.get(url("list"), {"export": "csv", "status": "paid"}))
    assert [(row["Number"], row["Total"], row["Phone"]) for row in rows] == [
        (shelf["paid"].number, str(shelf["paid"].total / 100) + "0", "+919811122233")
    ]
    everyone = rows_of(support.get(url("list"), {"export": "csv"}))
    assert len(everyone) == 7
    assert {"'=HYPERLINK('x')"} <= {row["Name"] for row in everyone} and "'+1+2" in {row["Note"] for row in everyone}


def test_xlsx_is_made_up_to_a_number_of_rows(support, shelf, monkeypatch):
    response = support.get(url("list"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == 7
    monkeypatch.setattr(spreadsheets, "MOST_XLSX_ROWS", 3)
    refused = support.get(url("list"), {"export": "xlsx", "payment_method": "cod"})
    assert refused.url == url("list") + "?payment_method=cod" and "CSV" in said(refused)
    assert support.get(url("list"), {"export": "xlsx", "status": "paid"}).status_code == 200


def copies(order: Order, number: int) -> None:
    fields = [f.name for f in Order._meta.concrete_fields if f.name not in {"id", "number", "token_hash", "secret"}]
    facts = {name: getattr(order, name) for name in fields} | {"idempotency_key": None}
    Order.objects.bulk_create([Order(**facts) for _ in range(number)], batch_size=2000)


def count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_it_costs_at_most_twelve_queries_at_twenty_thousand(merchandiser):
    copies(made.make_order(), 20_000)
    for query in ("", "?status=pending&payment_method=cod&total_min=1&payment_status=pending", "?q=asha", "?p=200",
                  "?ordering=-total"):  # fmt: skip
        assert count(merchandiser, url("list") + query) <= 12, query
    response = merchandiser.get(url("list"), {"export": "csv"})
    assert len(rows_of(response)) == 20_001


def test_the_screen_costs_the_same_for_many_lines(support):
    one = made.make_paid_order()
    support.get(url("inspect", one.pk))
    assert count(support, url("inspect", one.pk)) <= 20


def bulk(**query) -> str:
    from urllib.parse import urlencode

    return reverse("wagtail_bulk_action", args=["order", "order", "ship"]) + "?" + urlencode(query, doseq=True)


def test_chosen_orders_are_shipped_each_by_itself(merchandiser, shelf):
    ids = [shelf[name].pk for name in ("cod", "paid", "unpaid", "cancelled")]
    asked = merchandiser.get(bulk(id=ids, next=url("list")))
    assert asked.status_code == 200
    assert {row["item"].pk for row in asked.context["items"]} == {shelf["cod"].pk, shelf["paid"].pk}
    assert shelf["unpaid"].number in asked.content.decode()
    response = merchandiser.post(bulk(id=ids, next=url("list")), {"order": ids})
    assert response.url == url("list") and "2 orders are shipped" in said(response)
    shipped = Order.objects.filter(fulfillment_status="shipped").values_list("pk", flat=True)
    assert set(shipped) == {shelf["cod"].pk, shelf["paid"].pk, shelf["shipped"].pk}


def test_all_of_the_list_means_the_filtered_list(merchandiser, shelf):
    """Wagtail's own "select all" would take every order of the table."""
    asked = merchandiser.get(bulk(id="all", payment_method="razorpay", next=url("list")))
    assert [row["item"].pk for row in asked.context["items"]] == [shelf["paid"].pk]
    assert [order.pk for order in asked.context["items_with_no_access"]] == [shelf["unpaid"].pk]
    assert merchandiser.get(bulk(id="all", q="meera")).context["items"][0]["item"].pk == shelf["cod"].pk


def test_what_came_after_the_confirmation_is_not_shipped(merchandiser, shelf):
    page = bulk(id="all", waiting="pack", next=url("list"))
    confirmed = [row["item"].pk for row in merchandiser.get(page).context["items"]]
    newer = made.make_order()
    merchandiser.post(page, {"order": confirmed})
    assert Order.objects.get(pk=newer.pk).fulfillment_status == "unfulfilled"
    assert Order.objects.get(pk=shelf["cod"].pk).fulfillment_status == "shipped"


def test_one_that_cannot_go_does_not_stop_the_others(merchandiser, shelf, monkeypatch):
    monkeypatch.setattr("checkout.backoffice.bulk_ship.is_shippable", lambda _order: True)
    ids = [shelf["cancelled"].pk, shelf["cod"].pk]
    response = merchandiser.post(bulk(id=ids, next=url("list")), {"order": ids})
    assert f"{shelf['cancelled'].number} was not shipped" in said(response)
    assert Order.objects.get(pk=shelf["cod"].pk).fulfillment_status == "shipped"
    assert Order.objects.get(pk=shelf["cancelled"].pk).fulfillment_status == "unfulfilled"


def test_nobody_deletes_orders_in_bulk(admin, shelf):
    before = everything()
    address = reverse("wagtail_bulk_action", args=["order", "order", "delete"]) + f"?id={shelf['cod'].pk}&id=all"
    assert not admin.get(address).context["items"]
    admin.post(address)
    assert everything() == before
