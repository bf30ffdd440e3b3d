"""Shipments, tracking, addresses and returns over HTTP: for whom, with which answer, and that refusals change nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkout.order.models import Return
from checkout.order.rules import order_token
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.ship_order import ship_order
from shop.accounts.services.ensure_roles import ensure_roles
from shop.core.idempotency import Claim
from shop.core.tasks.runner import run_everything_due
from tests.checkout.order.books import assert_books_add_up, everything
from tests.factories import orders as made
from tests.factories.people import client_of, make_user
from tests.factories.shop import ADDRESS
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha():
    return make_user("asha", email="asha@example.com")


@pytest.fixture
def order(asha):
    mug, lamp = make_variant(sku="MUG", stock=10), make_variant(sku="LAMP", stock=10)
    return made.make_order_of({mug: 2, lamp: 1}, user=asha)


@pytest.fixture
def delivered(order):
    ship_order(order_id=order.pk, at=timezone.now())
    return deliver_order(order_id=order.pk, at=timezone.now())


@pytest.fixture
def people(asha):
    ensure_roles()
    staff = {role: client_of(make_user(role=role)) for role in ("admin", "merchandiser", "support", "vendor")}
    return staff | {"buyer": client_of(asha), "other": client_of(make_user()), "nobody": client_of()}


def lines_of(order) -> dict[str, int]:
    return {line.sku: line.pk for line in order.lines.all()}


@pytest.mark.parametrize("step", ["shipment", "return"])
def test_a_process_that_dies_before_the_answer_is_noted_has_done_nothing(order, people, monkeypatch, request, step):
    """Else the same key would send a second parcel, or ask for a second return."""
    if step == "return":
        request.getfixturevalue("delivered")
    body = {"items": [{"item_id": lines_of(order)["MUG"], "quantity": 1}], "reason": "too wide"}
    path, headers = f"/api/order/{order.pk}/{step}/", {"Idempotency-Key": "a"}
    before = everything()
    with monkeypatch.context() as dying:
        dying.setattr(Claim, "keep", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            people["admin"].post(path, body, headers=headers)
    assert everything() == before
    assert people["admin"].post(path, body, headers=headers).status_code == 201


def test_staff_ships_a_part_then_the_rest(order, people):
    ids = lines_of(order)
    path = f"/api/order/{order.pk}/shipment/"
    body = {"items": [{"item_id": ids["MUG"], "quantity": 1}], "courier_name": "BlueDart", "tracking_number": "BD 1",
            "tracking_url": "https://bluedart.example/BD1"}  # fmt: skip
    first = people["merchandiser"].post(path, body, headers={"Idempotency-Key": "a"})
    again = people["merchandiser"].post(path, body, headers={"Idempotency-Key": "a"})
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert first.json()["items"] == [
        {"item_id": ids["MUG"], "sku": "MUG", "name": first.json()["items"][0]["name"], "quantity": 1}
    ]
    shown = people["buyer"].get(f"/api/order/{order.pk}/").json()
    assert (shown["status"], shown["fulfillment_status"]) == ("paid", "partial")
    assert {item["sku"]: item["shipped"] for item in shown["items"]} == {"MUG": 1, "LAMP": 0}
    assert people["support"].patch(f"/api/order/{order.pk}/", {"status": "shipped"}).json()["status"] == "shipped"
    tracking = people["buyer"].get(f"/api/order/{order.pk}/tracking/").json()
    assert [s["number"] for s in tracking["shipments"]] == [1, 2]
    assert tracking["shipments"][0]["courier"] == "BlueDart" and tracking["shipments"][0]["events"] == []
    assert people["merchandiser"].post(path, {}).status_code == 409
    for shipment in tracking["shipments"]:
        done = people["merchandiser"].patch(f"{path}{shipment['id']}/", {"status": "delivered"})
        assert done.json()["status"] == "delivered"
    assert people["buyer"].get(f"/api/order/{order.pk}/").json()["status"] == "delivered"
    assert people["merchandiser"].patch(f"{path}{shipment['id']}/", {"status": "refused"}).status_code == 409
    assert_books_add_up()


@pytest.mark.parametrize(
    "body",
    [
        {"items": [{"item_id": 10**9, "quantity": 1}]}, {"items": []}, {"items": [{"item_id": "MUG", "quantity": 99}]},
        {"items": [{"item_id": "MUG", "quantity": 0}]}, {"items": [{"item_id": "MUG", "quantity": 1.5}]},
        {"items": [{"item_id": "MUG", "quantity": 1}] * 2}, {"items": "MUG"}, {"courier": "http"}, {"courier": "../x"},
        {"tracking_url": "javascript:alert(1)"}, {"tracking_number": "x" * 81},
    ],
    ids=str,
)  # fmt: skip
def test_bad_parcels_are_400_and_change_nothing(order, people, body):
    mug = lines_of(order)["MUG"]
    if isinstance(body.get("items"), list):
        body = {
            "items": [
                item | {"item_id": mug if item["item_id"] == "MUG" else item["item_id"]} for item in body["items"]
            ]
        }
    before = everything()
    answer = people["support"].post(f"/api/order/{order.pk}/shipment/", body)
    assert answer.status_code == 400 and answer.json()["errors"]
    assert everything() == before


TOO_LITTLE = {"other": 404, "nobody": 404, "vendor": 404}


def test_who_may_do_what(order, people):
    """A1: each step, for everybody it is not for; foreign and missing orders answer alike."""
    ship_order(order_id=order.pk, at=timezone.now())
    parcel = order.fulfillments.get()
    staff_only = TOO_LITTLE | {"buyer": 403}
    steps = [
        ("post", f"order/{order.pk}/shipment/", {}, staff_only),
        ("patch", f"order/{order.pk}/shipment/{parcel.pk}/", {"status": "delivered"}, staff_only),
        ("put", f"order/{order.pk}/address/", ADDRESS, TOO_LITTLE | {"merchandiser": 403}),
        ("get", f"order/{order.pk}/tracking/", None, TOO_LITTLE),
        ("get", f"order/{order.pk}/return/", None, TOO_LITTLE),
        ("post", f"order/{order.pk}/return/", {}, TOO_LITTLE | {"merchandiser": 403}),
        ("get", "return/", None, {"other": 403, "nobody": 401, "vendor": 403, "buyer": 403, "merchandiser": 403}),
    ]
    before = everything()
    for method, path, body, refused in steps:
        seen = {who: getattr(people[who], method)(f"/api/{path}", body).status_code for who in refused}
        assert seen == refused, path
        missing = path.replace(f"order/{order.pk}/", "order/999999/")
        if missing != path:
            assert {getattr(people[who], method)(f"/api/{missing}", body).status_code for who in people} == {404}
    assert everything() == before


def test_a_parcel_of_another_order_is_not_there(order, people):
    foreign = made.make_shipped_order().fulfillments.get()
    answer = people["admin"].patch(f"/api/order/{order.pk}/shipment/{foreign.pk}/", {"status": "delivered"})
    assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.status == "shipped"


def test_a_guest_follows_with_the_order_token(people):
    order = made.make_shipped_order()
    token = {"X-Order-Token": order_token(order)}
    path = f"/api/order/{order.pk}/tracking/"
    assert people["nobody"].get(path, headers=token).json()["shipments"][0]["status"] == "shipped"
    assert people["nobody"].get(path).status_code == 404
    other = made.make_shipped_order()
    assert people["nobody"].get(f"/api/order/{other.pk}/tracking/", headers=token).status_code == 404


def test_tracking_in_a_fixed_number_of_queries(order, people):
    ids = lines_of(order)
    path = f"/api/order/{order.pk}/"
    people["admin"].post(f"{path}shipment/", {"items": [{"item_id": ids["MUG"], "quantity": 1}]})
    with CaptureQueriesContext(
        connection,
    ) as one:
        people["buyer"].get(f"{path}tracking/")
    people["admin"].post(f"{path}shipment/", {})
    with CaptureQueriesContext(connection) as two:
        people["buyer"].get(f"{path}tracking/")
    assert len(one) == len(two) <= 8


def test_the_buyer_sends_it_elsewhere(order, people):
    path = f"/api/order/{order.pk}/address/"
    new = ADDRESS | {"street": "7, MG Road", "pincode": "411001", "city": "Pune", "state": "MH"}
    answer = people["buyer"].put(path, new)
    assert (answer.status_code, answer.json()["address"]["state"]) == (200, "Maharashtra")
    assert answer.json()["billing_address"]["city"] == "Pune"
    assert [e["event"] for e in answer.json()["timeline"]].count("address_changed") == 1
    before = everything()
    assert people["buyer"].put(path, new).status_code == 200
    assert people["support"].put(path, new).status_code == 200
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "field"),
    [({"pincode": "11"}, "pincode"), ({"pincode": "011001"}, "pincode"), ({"pincode": "110001"}, "pincode"),
     ({"name": ""}, "name"), ({"phone": "1"}, "phone"), ({"country": "XX"}, "country"),
     ({"country": "US", "state": "CA", "pincode": "94105", "city": "San Francisco", "phone": "+14155550132"}, "country")],
)  # fmt: skip
def test_an_address_follows_the_rules(order, people, change, field):
    before = everything()
    answer = people["buyer"].put(f"/api/order/{order.pk}/address/", ADDRESS | change)
    assert answer.status_code == 400 and field in answer.json()["errors"]
    assert everything() == before


def test_after_the_first_parcel_the_address_stays(order, people):
    mug = lines_of(order)["MUG"]
    people["admin"].post(f"/api/order/{order.pk}/shipment/", {"items": [{"item_id": mug, "quantity": 1}]})
    before = everything()
    for who in ("buyer", "support"):
        answer = people[who].put(f"/api/order/{order.pk}/address/", ADDRESS | {"street": "Elsewhere"})
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert everything() == before


def ask(client, order, quantity=1, **headers):
    body = {"items": [{"item_id": lines_of(order)["MUG"], "quantity": quantity}], "reason": "Chipped"}
    return client.post(f"/api/order/{order.pk}/return/", body, headers=headers)


def test_a_return_from_the_wish_to_the_money(delivered, people, monkeypatch):
    from tests.checkout.order.test_returns import Answering

    monkeypatch.setattr("checkout.payment.providers.provider", lambda _code: Answering())
    asked = ask(people["buyer"], delivered, **{"Idempotency-Key": "r"})
    assert ask(people["buyer"], delivered, **{"Idempotency-Key": "r"}).json() == asked.json()
    facts = asked.json()
    assert (asked.status_code, facts["status"], facts["refund"]) == (201, "requested", None)
    assert facts["items"][0]["quantity"] == 1 and facts["amount"] == "649.00"
    assert [r["id"] for r in people["support"].get("/api/return/?status=requested").json()["results"]] == [facts["id"]]
    path = f"/api/order/{delivered.pk}/return/{facts['id']}/"
    for who, code in (TOO_LITTLE | {"buyer": 403, "merchandiser": 403}).items():
        assert people[who].patch(path, {"status": "approved"}).status_code == code
    assert people["support"].patch(path, {"status": "received"}).json()["code"] == "wrong_state"
    for status in ("approved", "received", "refunded"):
        assert people["support"].patch(path, {"status": status}).status_code == 200
    for _ in range(3):  # the refund, that it is done, and what follows from it
        run_everything_due()
    done = people["buyer"].get(path).json()
    assert (done["status"], done["refund"]["amount"], done["items"][0]["fate"]) == ("refunded", "649.00", "restock")
    assert people["support"].get("/api/return/?status=lost").status_code == 400
    assert_books_add_up()


def test_rejecting_needs_a_reason(delivered, people):
    path = f"/api/order/{delivered.pk}/return/{ask(people['buyer'], delivered).json()['id']}/"
    assert "reason" in people["support"].patch(path, {"status": "rejected"}).json()["errors"]
    assert Return.objects.get().status == "requested"
    assert people["support"].patch(path, {"status": "rejected", "reason": "Worn"}).json()["answer"] == "Worn"


def test_returns_that_are_refused(order, delivered, people):
    before = everything()
    assert ask(people["buyer"], delivered, quantity=3).json()["code"] == "not_returnable"
    path = f"/api/order/{delivered.pk}/return/"
    mug = lines_of(delivered)["MUG"]
    for body in ({}, {"items": [], "reason": "x"}, {"items": [{"item_id": mug, "quantity": 0}], "reason": "x"},
                 {"items": [{"item_id": mug, "quantity": 1}]}, {"items": [{"item_id": 10**9, "quantity": 1}], "reason": "x"},
                 {"items": [{"item_id": mug, "quantity": 1}], "reason": ""},
                 {"items": [{"item_id": mug, "quantity": 1.5}], "reason": "x"}):  # fmt: skip
        assert people["buyer"].post(path, body).status_code == 400, body
    other = made.make_delivered_order()
    assert everything()[5] == before[5] == []
    assert people["buyer"].post(f"/api/order/{other.pk}/return/", {}).status_code == 404


def test_the_list_of_returns_in_a_fixed_number_of_queries(delivered, people):
    for _ in range(2):
        assert ask(people["buyer"], delivered).status_code == 201
    people["support"].get("/api/return/")
    with CaptureQueriesContext(connection) as two:
        people["support"].get("/api/return/")
    made.make_return()
    with CaptureQueriesContext(connection) as three:
        assert people["support"].get("/api/return/").json()["count"] == 3
    assert len(two) == len(three) <= 9
