"""Faults: no effect before, one effect after, and the log tells what was sent."""

import concurrent.futures
import time

import pytest
import requests
from razorpay.errors import ServerError

from tests.core.test_tasks import wait_for

LOST = requests.exceptions.ConnectionError


def test_lost_answer_of_a_refund_and_the_same_key_give_one_refund(gateway):
    payment_id = gateway.paid(10_000)
    gateway.fault("/refund$", phase="after", action={"drop": True})

    def refund():
        headers = {"X-Refund-Idempotency": "refund-of-2041"}
        return gateway.client.payment.refund(payment_id, {"amount": 4_000}, headers=headers)

    with pytest.raises(LOST):
        refund()
    assert gateway.client.payment.fetch(payment_id)["amount_refunded"] == 4_000
    made = refund()
    assert gateway.client.payment.fetch_multiple_refund(payment_id)["items"] == [made]
    assert gateway.ledger()["refunded"] == 4_000
    calls = gateway.calls("POST", "/refund")
    assert [call["status"] for call in calls] == [None, 200]
    assert {call["headers"]["x-refund-idempotency"] for call in calls} == {"refund-of-2041"}


def test_lost_answer_of_an_order_is_found_by_receipt(gateway):
    gateway.fault("/orders$", phase="after", action={"drop": True})
    with pytest.raises(LOST):
        gateway.order(receipt="SO-1")
    [found] = gateway.client.order.all({"receipt": "SO-1"})["items"]
    assert found["amount"] == 129_900


def test_lost_answer_of_a_capture_keeps_the_capture(gateway):
    payment_id = gateway.pay(gateway.order(payment_capture=0))["razorpay_payment_id"]
    gateway.fault("/capture$", phase="after", action={"status": 504, "body": "empty"})
    with pytest.raises(requests.exceptions.JSONDecodeError):
        gateway.client.payment.capture(payment_id, 129_900, {"currency": "INR"})
    assert gateway.client.payment.fetch(payment_id)["status"] == "captured"


@pytest.mark.parametrize(
    ("action", "error"),
    [
        ({"status": 502, "body": "html"}, requests.exceptions.JSONDecodeError),
        ({"status": 500}, ServerError),
        ({"drop": True}, LOST),
    ],
)
def test_trouble_before_has_no_effect_and_stops_after_its_times(gateway, action, error):
    gateway.fault("/orders$", phase="before", action=action, times=2)
    for _ in range(2):
        with pytest.raises(error):
            gateway.order()
    assert gateway.client.order.all()["count"] == 0
    gateway.order()
    assert gateway.client.order.all()["count"] == 1


def test_fault_strikes_the_nth_call_with_that_body(gateway):
    gateway.fault(
        "/orders$",
        phase="before",
        action={"status": 503},
        match={"nth": 2, "body_contains": "SO-1"},
    )
    gateway.order(receipt="SO-1")
    gateway.order(receipt="SO-2")
    with pytest.raises(ServerError):
        gateway.order(receipt="SO-1")
    gateway.order(receipt="SO-1")


def test_delay_outlasts_a_clients_patience_but_keeps_the_effect(gateway):
    gateway.fault("/orders$", phase="after", action={"delay": 1})
    with pytest.raises(requests.exceptions.ReadTimeout):
        gateway.client.order.create({"amount": 100, "currency": "INR"}, timeout=(10, 0.2))
    wait_for(lambda: gateway.client.order.all()["count"] == 1)  # the client may have gone before it was read


def test_answers_can_lie(gateway):
    gateway.fault("/orders$", phase="after", action={"patch": {"amount": 1, "currency": "USD"}})
    lied = gateway.order()
    assert (lied["amount"], lied["currency"]) == (1, "USD")
    assert gateway.client.order.fetch(lied["id"])["amount"] == 129_900


def test_held_calls_start_together_when_released(gateway):
    payment_id = gateway.paid()
    gateway.fault("/payments/", method="GET", phase="before", action={"hold": "start"}, times=2)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        reads = [pool.submit(gateway.client.payment.fetch, payment_id) for _ in range(2)]
        time.sleep(0.2)
        assert not any(read.done() for read in reads)
        gateway.control("POST", "release/start")
        assert [read.result(60)["id"] for read in reads] == [payment_id] * 2


def test_faults_of_one_account_spare_the_others(open_gateway):
    one, other = open_gateway(), open_gateway()
    one.fault("", phase="before", action={"status": 500}, method=None)
    other.order()
    with pytest.raises(ServerError):
        one.order()


def test_faults_can_be_cleared_and_must_make_sense(gateway):
    gateway.fault("", phase="before", action={"status": 500}, times=99)
    gateway.control("DELETE", "faults")
    gateway.order()
    for bad in ({"action": {}}, {"action": {"explode": 1}}, {"action": {"drop": True}, "phase": "never"}):
        gateway.control("POST", "faults", bad, status=400)


def test_log_keeps_bodies_but_no_secret(gateway):
    gateway.order(receipt="SO-9")
    [call] = gateway.calls("POST", "/v1/orders")
    assert '"receipt": "SO-9"' in call["body"]
    assert call["status"] == 200
    assert gateway.key_secret not in str(call) and "authorization" not in call["headers"]


def test_kept_alive_calls_are_quick(gateway):
    """Two writes per answer with Nagle's algorithm would cost 40 ms each."""
    order_id = gateway.order()["id"]
    took = []
    for _ in range(80):
        started = time.perf_counter()
        gateway.client.order.fetch(order_id)
        took.append(time.perf_counter() - started)
    assert sorted(took)[20] < 0.03  # Nagle slows all of them, a busy machine some
