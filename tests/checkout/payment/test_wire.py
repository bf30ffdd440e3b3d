"""The precautions around the official SDK."""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from checkout.payment.errors import GatewayAnswerWrong, GatewayRefused, GatewayUnavailable
from checkout.payment.ports import GatewayPayment, Seen
from checkout.payment.providers.razorpay import client, wire
from checkout.payment.providers.razorpay.gateway import Razorpay
from shop.core.db import CalledInsideTransaction
from shop.core.money import Money

CALLS = {
    "create_order": lambda g: g.create_order(receipt="r", amount=Money(100, "INR"), notes={}),
    "find_order": lambda g: g.find_order(receipt="r", amount=Money(100, "INR")),
    "fetch_order": lambda g: g.fetch_order("order_" + "x" * 14),
    "fetch_payment": lambda g: g.fetch_payment("pay_" + "x" * 14),
    "payments_of": lambda g: g.payments_of("order_" + "x" * 14),
    "refund": lambda g: g.refund(payment_id="pay_" + "x" * 14, amount=Money(100, "INR"), key="k" * 20),
    "fetch_refund": lambda g: g.fetch_refund("rfnd_" + "x" * 14),
    "refunds_of": lambda g: g.refunds_of("pay_" + "x" * 14),
    "capture": lambda g: g.capture(authorized("pay_" + "x" * 14, 100)),
}


def authorized(payment_id: str, amount: int) -> GatewayPayment:
    return GatewayPayment(payment_id, "", Money(amount, "INR"), Seen.AUTHORIZED, "", 0, "")


@pytest.mark.django_db
@pytest.mark.parametrize("name", CALLS)
def test_no_call_leaves_from_inside_a_transaction(razorpay, name):
    with transaction.atomic(), pytest.raises(CalledInsideTransaction, match=r"^razorpay$"):
        CALLS[name](Razorpay())
    assert not razorpay.control("GET", "log")["items"]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    "action", [{"drop": True}, {"status": 500}, {"status": 503, "body": "html"}, {"status": 302, "body": "html"},
               {"status": 200, "body": "empty"}, {"status": 404, "body": "html"}, {"status": 401}, {"status": 429}],
    ids=str,
)  # fmt: skip
def test_no_usable_answer_is_one_typed_error(razorpay, name, action, capsys):
    razorpay.fault("/v1/", method="", action=action, times=9)
    with pytest.raises(GatewayUnavailable):
        CALLS[name](Razorpay())
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["create_order", "refund"])
def test_a_post_is_never_repeated(razorpay, name):
    razorpay.fault("/v1/", method="POST", action={"drop": True}, times=9)
    with pytest.raises(GatewayUnavailable):
        CALLS[name](Razorpay())
    assert len(razorpay.calls("POST")) == 1


def test_waiting_has_an_end(razorpay, monkeypatch):
    assert all(0 < seconds <= 10 for seconds in wire.TIMEOUT_SECONDS)
    monkeypatch.setattr(wire, "TIMEOUT_SECONDS", (1, 0.3))
    razorpay.fault("/v1/", method="", action={"delay": 2})
    with pytest.raises(GatewayUnavailable):
        CALLS["create_order"](Razorpay())


def test_a_refusal_carries_status_and_reason(razorpay):
    with pytest.raises(GatewayRefused) as refusal:
        CALLS["fetch_payment"](Razorpay())
    assert refusal.value.http_status == 400
    assert refusal.value.reason


def test_error_shapes_that_break_the_sdk(razorpay):
    for patch in ({"error": None}, {"error": "text"}):
        razorpay.fault("/v1/", method="", phase="after", action={"patch": patch})
        with pytest.raises(GatewayUnavailable):
            CALLS["fetch_payment"](Razorpay())


def test_proxies_of_the_environment_are_ignored(razorpay, monkeypatch):
    with monkeypatch.context() as environment:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            environment.setenv(name, "http://127.0.0.1:9")
        assert Razorpay().create_order(receipt="r", amount=Money(100, "INR"), notes={}).id


@pytest.mark.parametrize("odd", ["", "../orders/order_1", "pay_" + "x" * 13, "pay_" + "x" * 15, "pay_" + "é" * 14,
                                 "order_" + "x" * 14, "pay_" + "x" * 14 + "\n", None, 5])  # fmt: skip
def test_only_ids_get_into_an_address(razorpay, odd):
    with pytest.raises(GatewayAnswerWrong):
        Razorpay().fetch_payment(odd)
    assert not razorpay.control("GET", "log")["items"]


def test_captures_in_many_threads_send_their_own_amounts(razorpay):
    gateway = Razorpay()
    razorpay.switch(capture="manual")
    payments = []
    for n in range(24):
        order = gateway.create_order(receipt=f"r{n}", amount=Money(1_000 + n, "INR"), notes={})
        back = razorpay.pay(order.id, "authorized_only")
        payments.append(gateway.fetch_payment(back["razorpay_payment_id"]))
    with ThreadPoolExecutor(12) as pool:
        captured = list(pool.map(gateway.capture, payments))
    assert [payment.state for payment in captured] == [Seen.CAPTURED] * 24
    assert len(razorpay.calls("POST", "/capture")) == 24
    assert razorpay.ledger()["captured"] == sum(range(1_000, 1_024))


def test_captured_already_is_success(razorpay):
    gateway = Razorpay()
    order = gateway.create_order(receipt="r", amount=Money(1_000, "INR"), notes={})
    payment_id = razorpay.pay(order.id)["razorpay_payment_id"]
    assert gateway.capture(authorized(payment_id, 1_000)).state is Seen.CAPTURED


def test_one_client_per_process(razorpay, monkeypatch):
    mine = client._client()
    assert client._client() is mine
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert client._client() is not mine


def test_no_secret_and_no_person_is_logged(razorpay, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    gateway = Razorpay()
    order = gateway.create_order(receipt="r", amount=Money(1_000, "INR"), notes={})
    back = razorpay.pay(order.id, email="asha@example.com", contact="+919845012345")
    gateway.fetch_payment(back["razorpay_payment_id"])
    razorpay.fault("/v1/", method="", action={"status": 500})
    with pytest.raises(GatewayUnavailable):
        gateway.fetch_payment(back["razorpay_payment_id"])
    razorpay.fault("/v1/payments", phase="after", action={"patch": {"amount": "1"}})
    with pytest.raises(GatewayAnswerWrong):
        gateway.fetch_payment(back["razorpay_payment_id"])
    for secret in (razorpay.key_secret, "asha@example.com", "9845012345", back["razorpay_signature"]):
        assert secret not in caplog.text


def test_it_outlives_a_storm(razorpay):
    """Many threads while the gateway fails: each gets its error, none hangs."""
    razorpay.fault("/v1/", method="", action={"status": 503, "body": "html"}, times=500)
    done = threading.Semaphore(0)

    def call(_):
        with pytest.raises(GatewayUnavailable):
            CALLS["fetch_payment"](Razorpay())
        done.release()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(call, range(64)))
    assert all(done.acquire(blocking=False) for _ in range(64))
