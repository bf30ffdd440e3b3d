"""Orders through the SDK."""

import base64

import pytest
import requests
from razorpay.errors import BadRequestError


def test_order_is_created_and_read_back(gateway):
    made = gateway.order(129_900, receipt="SO-2041", notes={"order": "2041"})
    assert made["id"].startswith("order_") and len(made["id"]) == 20
    assert made | {"id": "", "created_at": 0} == {
        "id": "",
        "entity": "order",
        "amount": 129_900,
        "amount_paid": 0,
        "amount_due": 129_900,
        "currency": "INR",
        "receipt": "SO-2041",
        "offer_id": None,
        "status": "created",
        "attempts": 0,
        "notes": {"order": "2041"},
        "created_at": 0,
    }
    assert gateway.client.order.fetch(made["id"]) == made


def test_empty_notes_come_back_as_an_array(gateway):
    assert gateway.order()["notes"] == []
    assert gateway.order(notes={})["notes"] == []


def test_notes_are_the_only_thing_an_edit_changes(gateway):
    made = gateway.order()
    assert gateway.client.order.edit(made["id"], {"notes": {"a": "b"}}) == made | {"notes": {"a": "b"}}
    with pytest.raises(BadRequestError, match="should not be sent"):
        gateway.client.order.edit(made["id"], {"amount": 100})
    assert gateway.client.order.fetch(made["id"])["amount"] == made["amount"]


def test_orders_are_found_by_receipt_and_paged(gateway):
    made = [gateway.order(receipt=f"R-{number // 2}")["id"] for number in range(6)]
    same = gateway.client.order.all({"receipt": "R-1"})
    assert [item["id"] for item in same["items"]] == [made[3], made[2]]
    assert same["entity"] == "collection" and same["count"] == 2
    page = gateway.client.order.all({"count": 2, "skip": 1})
    assert [item["id"] for item in page["items"]] == [made[4], made[3]]
    assert gateway.client.order.all({"to": 1})["items"] == []
    with pytest.raises(BadRequestError, match="between 1 and 100"):
        gateway.client.order.all({"count": 101})


def test_list_knows_authorized_orders_and_expands_payments(gateway):
    gateway.order()
    paid = gateway.order()
    payment_id = gateway.pay(paid)["razorpay_payment_id"]
    items = gateway.client.order.all({"authorized": 1, "expand[]": "payments"})["items"]
    assert [item["id"] for item in items] == [paid["id"]]
    assert items[0]["payments"]["items"][0]["id"] == payment_id


@pytest.mark.parametrize(
    ("data", "field", "reason"),
    [
        ({"amount": 99, "currency": "INR"}, "amount", "input_validation_failed"),
        ({"amount": 100.5, "currency": "INR"}, "amount", "input_validation_failed"),
        ({"amount": -100, "currency": "INR"}, "amount", "input_validation_failed"),
        ({"amount": True, "currency": "INR"}, "amount", "input_validation_failed"),
        ({"currency": "INR"}, "amount", "input_validation_failed"),
        ({"amount": 100, "currency": 356}, "currency", "input_validation_failed"),
        ({"amount": 100, "currency": "XXX"}, "currency", "input_validation_failed"),
        ({"amount": 100, "currency": "USD"}, "currency", "input_validation_failed"),
        ({"amount": 100}, "currency", "input_validation_failed"),
        ({"amount": 100, "currency": "INR", "expire_by": 1}, "expire_by", "extra_field_sent"),
        ({"amount": 100, "currency": "INR", "receipt": "x" * 41}, "receipt", "input_validation_failed"),
        ({"amount": 100, "currency": "INR", "notes": {"k": "x" * 257}}, "notes", "input_validation_failed"),
        ({"amount": 100, "currency": "INR", "notes": {"k": 1}}, "notes", "input_validation_failed"),
        (
            {"amount": 100, "currency": "INR", "notes": {str(n): "x" for n in range(16)}},
            "notes",
            "input_validation_failed",
        ),
    ],
)
def test_bad_order_is_refused_without_effect(gateway, data, field, reason):
    response = requests.post(
        f"{gateway.url}/v1/orders", json=data, auth=(gateway.key_id, gateway.key_secret), timeout=10
    )
    error = response.json()["error"]
    assert response.status_code == 400
    assert (error["code"], error["field"], error["reason"]) == ("BAD_REQUEST_ERROR", field, reason)
    assert error["metadata"] == {}
    assert gateway.client.order.all()["count"] == 0


def test_currencies_have_their_own_decimals(open_gateway):
    gateway = open_gateway(switches={"international": True})
    create = gateway.client.order.create
    assert create({"amount": 295, "currency": "JPY"})["amount"] == 295
    assert create({"amount": 99_990, "currency": "KWD"})["amount"] == 99_990
    with pytest.raises(BadRequestError, match="last digit"):
        create({"amount": 99_991, "currency": "KWD"})
    with pytest.raises(BadRequestError, match="at least 100"):
        create({"amount": 99, "currency": "USD"})


def test_same_receipt_follows_the_accounts_policy(gateway):
    first = gateway.order(receipt="R-1")
    assert gateway.order(receipt="R-1")["id"] != first["id"]
    assert gateway.order(receipt="R-1", unique_receipt=True)["id"] == first["id"]
    gateway.switch(receipt_policy="return_same")
    assert gateway.order(receipt="R-1")["id"] == first["id"]
    gateway.switch(receipt_policy="reject")
    with pytest.raises(BadRequestError, match="unique"):
        gateway.order(receipt="R-1")
    assert gateway.client.order.all()["count"] == 2


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Basic",
        "Basic !!!",
        "basic {good}",
        "BASIC {good}",
        "Bearer {good}",
        "Basic {wrong}",
        "Basic {unknown}",
    ],
)
def test_only_the_right_key_and_scheme_get_in(gateway, header):
    def encode(key_id, secret):
        return base64.b64encode(f"{key_id}:{secret}".encode()).decode()

    texts = {
        "good": encode(gateway.key_id, gateway.key_secret),
        "wrong": encode(gateway.key_id, "wrong"),
        "unknown": encode("rzp_test_nobody", gateway.key_secret),
    }
    headers = {"Authorization": header.format(**texts)} if header else {}
    data = {"amount": 100, "currency": "INR"}
    response = requests.post(f"{gateway.url}/v1/orders", json=data, headers=headers, timeout=10)
    assert response.status_code == 401
    assert response.json()["error"]["description"] == "Authentication failed"
    assert gateway.client.order.all()["count"] == 0


def test_accounts_see_nothing_of_each_other(open_gateway):
    one, other = open_gateway(), open_gateway()
    order = one.order()
    payment_id = one.pay(order)["razorpay_payment_id"]
    for read in (
        lambda: other.client.order.fetch(order["id"]),
        lambda: other.client.payment.fetch(payment_id),
        lambda: other.client.payment.refund(payment_id, {}),
    ):
        with pytest.raises(BadRequestError, match="does not exist"):
            read()
    assert other.client.order.all()["count"] == 0
    assert one.client.payment.fetch(payment_id)["amount_refunded"] == 0


def test_malformed_and_unknown_ids_and_paths(gateway):
    with pytest.raises(BadRequestError, match="order_1 is not a valid id"):
        gateway.client.order.fetch("order_1")
    with pytest.raises(BadRequestError, match="does not exist"):
        gateway.client.order.fetch("order_AAAAAAAAAAAAAA")
    with pytest.raises(BadRequestError, match="was not found on the server"):
        gateway.client.order.viewRtoReview("order_AAAAAAAAAAAAAA")


def test_bodies_that_are_no_object_are_refused(gateway):
    for body in (b"2000", b"[]", b"{", b'"x"'):
        response = requests.post(
            f"{gateway.url}/v1/orders", data=body, auth=(gateway.key_id, gateway.key_secret), timeout=10
        )
        assert response.status_code == 400, body


def test_same_seed_gives_the_same_ids(open_gateway, emulator_url):
    data = {"key_id": "rzp_test_Seed0000000001", "key_secret": "s"}
    seen = []
    for _ in range(2):
        answer = requests.post(f"{emulator_url}/_emu/accounts", json=data, timeout=10).json()
        seen.append(answer["account_id"])
        requests.delete(f"{emulator_url}/_emu/accounts/{data['key_id']}", timeout=10)
    assert seen[0] == seen[1]
    assert len({open_gateway().order()["id"] for _ in range(3)}) == 3
