from __future__ import annotations

import json

import pytest

from checkout.payment.models import Payment, WebhookEvent
from tests.checkout.payment.conftest import TOTAL, told

S = Payment.Status


def test_a_payment_goes_through(purchase, gateway):
    started = purchase.start()
    assert (started.status, started.amount, started.currency) == (S.CREATED, 129_900, "INR")
    back = gateway.returned(purchase.pay())
    assert back["order_id"] == started.provider_order_id
    payment = purchase.confirm()
    assert (payment.pk, payment.status, payment.captured_amount) == (started.pk, S.PAID, 129_900)
    assert payment.provider_payment_id == back["payment_id"]
    assert told() == [
        {"name": "payment.captured", "payment_id": payment.pk, "reference": "test:1", "amount": TOTAL.minor,
         "currency": "INR"}
    ]  # fmt: skip
    assert gateway.ledger()["captured"] == 129_900


def test_razorpay_is_told_what_it_needs(purchase, razorpay):
    payment = purchase.start()
    (call,) = razorpay.calls("POST", "/v1/orders")
    assert json.loads(call["body"]) == {
        "amount": 129_900, "currency": "INR", "receipt": payment.receipt, "notes": {"reference": "test:1"},
    }  # fmt: skip


def test_the_webhook_alone_is_enough(purchase):
    purchase.pay()
    purchase.hear("captured")
    payment = Payment.objects.get()
    assert payment.status == S.PAID
    assert len(told("payment.captured")) == 1
    assert WebhookEvent.objects.get().handled_at


@pytest.mark.parametrize("first", ["webhooks", "return"])
def test_all_messages_of_one_payment_have_one_effect(purchase, first):
    purchase.pay()
    if first == "return":
        purchase.confirm()
    purchase.hear(times=3)
    assert purchase.confirm().status == S.PAID
    assert Payment.objects.count() == 1
    assert len(told("payment.captured")) == 1
    assert {event.handled_at is not None for event in WebhookEvent.objects.all()} == {True}
    assert WebhookEvent.objects.count() == len(purchase.gateway.hooks()) >= 3


def test_starting_again_gives_the_same_gateway_order(purchase):
    assert purchase.start().provider_order_id == purchase.start().provider_order_id
    assert len(purchase.gateway.calls("POST")) == 1
    assert Payment.objects.count() == 1
