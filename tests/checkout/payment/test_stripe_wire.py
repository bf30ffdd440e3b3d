"""The precautions around Stripe's SDK."""

from __future__ import annotations

import logging
import os

import pytest
from django.db import transaction

from checkout.payment.errors import GatewayAnswerWrong, GatewayRefused, GatewayUnavailable
from checkout.payment.ports import GatewayPayment, Seen
from checkout.payment.providers.stripe import client, wire
from checkout.payment.providers.stripe.gateway import Stripe
from shop.core.db import CalledInsideTransaction
from shop.core.money import Money

INTENT, SESSION, REFUND = "pi_" + "x" * 24, "cs_test_" + "x" * 58, "re_" + "x" * 24
AUTHORIZED = GatewayPayment(INTENT, "", Money(100, "INR"), Seen.AUTHORIZED, "", 0, "")
CALLS = {
    "create_order": lambda g: g.create_order(receipt="r", amount=Money(100, "INR"), notes={}),
    "find_order": lambda g: g.find_order(receipt="r", amount=Money(100, "INR")),
    "fetch_order": lambda g: g.fetch_order(SESSION),
    "fetch_payment": lambda g: g.fetch_payment(INTENT),
    "payments_of": lambda g: g.payments_of(SESSION),
    "refund": lambda g: g.refund(payment_id=INTENT, amount=Money(100, "INR"), key="k" * 20),
    "fetch_refund": lambda g: g.fetch_refund(REFUND),
    "refunds_of": lambda g: g.refunds_of(INTENT),
    "fetch_dispute": lambda g: g.fetch_dispute("du_" + "x" * 24),
    "capture": lambda g: g.capture(AUTHORIZED),
    "checkout_options": lambda g: g.checkout_options(order_id=SESSION, amount=Money(100, "INR")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", CALLS)
def test_no_call_leaves_from_inside_a_transaction(stripe, name):
    with transaction.atomic(), pytest.raises(CalledInsideTransaction, match=r"^stripe$"):
        CALLS[name](Stripe())
    assert not stripe.control("GET", "log")["items"]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    "action", [{"drop": True}, {"status": 500}, {"status": 503, "body": "html"}, {"status": 302, "body": "html"},
               {"status": 200, "body": "empty"}, {"status": 404, "body": "html"}, {"status": 401}, {"status": 409},
               {"status": 429}],
    ids=str,
)  # fmt: skip
def test_no_usable_answer_is_one_typed_error(stripe, name, action, capsys):
    stripe.fault("/v1/", method="", action=action, times=9)
    with pytest.raises(GatewayUnavailable):
        CALLS[name](Stripe())
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("action", [{"drop": True}, {"status": 500}, {"status": 409}])
def test_a_post_is_not_repeated_by_the_sdk(stripe, action):
    stripe.fault("/v1/", method="POST", action=action, times=9)
    with pytest.raises(GatewayUnavailable):
        CALLS["create_order"](Stripe())
    assert len(stripe.calls("POST")) == 1


def test_waiting_has_an_end(stripe, monkeypatch):
    assert all(0 < seconds <= 10 for seconds in wire.TIMEOUT_SECONDS)
    monkeypatch.setattr(wire, "TIMEOUT_SECONDS", (1, 0.3))
    stripe.fault("/v1/", method="", action={"delay": 2})
    with pytest.raises(GatewayUnavailable):
        CALLS["create_order"](Stripe())


def test_a_refusal_carries_status_and_reason(stripe):
    with pytest.raises(GatewayRefused) as refusal:
        CALLS["fetch_order"](Stripe())
    assert (refusal.value.http_status, refusal.value.reason) == (404, "resource_missing")


@pytest.mark.parametrize("patch", [{"error": None}, {"error": "text"}, {"error": []}])
def test_error_shapes_that_break_the_sdk(stripe, patch):
    stripe.fault("/v1/", method="", phase="after", action={"patch": patch})
    with pytest.raises(GatewayUnavailable):
        CALLS["fetch_order"](Stripe())


def test_proxies_of_the_environment_are_ignored(stripe, monkeypatch):
    client._clients.clear()
    with monkeypatch.context() as environment:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            environment.setenv(name, "http://127.0.0.1:9")
        assert CALLS["create_order"](Stripe()).id


@pytest.mark.parametrize("odd", ["", "../refunds/re_1", "pi_", "pi_" + "é" * 14, REFUND, INTENT + "\n", None, 5])
def test_only_ids_get_into_an_address(stripe, odd):
    with pytest.raises(GatewayAnswerWrong):
        Stripe().fetch_payment(odd)
    assert not stripe.control("GET", "log")["items"]


def test_one_client_per_process(stripe, monkeypatch):
    mine = client._client()
    assert client._client() is mine
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert client._client() is not mine


def test_no_secret_and_no_person_is_logged(stripe, caplog):
    caplog.set_level(logging.DEBUG)
    gateway = Stripe()
    order = gateway.create_order(receipt="r", amount=Money(1_000, "INR"), notes={"email": "asha@example.com"})
    intent = stripe.pay(order.id)["payment_intent"]
    gateway.fetch_payment(intent)
    stripe.fault("/v1/", method="", action={"status": 500})
    with pytest.raises(GatewayUnavailable):
        gateway.fetch_payment(intent)
    for secret in (stripe.secret_key, "asha@example.com", "_secret_"):
        assert secret not in caplog.text
