"""Starting a payment: lost answers, wrong answers, two at once."""

from __future__ import annotations

import pytest
from django.db import transaction

from checkout.payment.errors import AlreadyPaid, GatewayRefused, GatewayUnavailable, ProviderNotOffered
from checkout.payment.models import Payment
from checkout.payment.providers.razorpay import wire as razorpay_wire
from checkout.payment.providers.stripe import wire as stripe_wire
from checkout.payment.services import start_payment as module
from checkout.payment.services.start_payment import start_payment
from shop.core.db import CalledInsideTransaction
from shop.core.money import Money
from tests.checkout.payment.conftest import Purchase, drain, snapshot
from tests.threads import at_once

S = Payment.Status
WIRES = (razorpay_wire, stripe_wire)
LOST = {"drop": {"drop": True}, "html": {"status": 502, "body": "html"}, "empty": {"status": 504, "body": "empty"}}


@pytest.mark.parametrize("action", LOST.values(), ids=LOST.keys())
def test_an_answer_lost_after_the_effect_is_found_by_its_receipt(purchase, gateway, action):
    gateway.fault(gateway.create, method="POST", phase="after", action=action)
    payment = purchase.start()
    assert payment.provider_order_id
    assert len(gateway.calls("POST", gateway.create)) == 1
    assert len(gateway.ledger()["orders"]) == 1


@pytest.mark.parametrize("action", LOST.values(), ids=LOST.keys())
def test_a_failure_before_the_effect_is_told_and_tried_again(purchase, gateway, action):
    gateway.fault(gateway.create, method="POST", action=action)
    with pytest.raises(GatewayUnavailable):
        purchase.start()
    assert Payment.objects.get().provider_order_id == ""
    assert purchase.start().provider_order_id
    assert Payment.objects.count() == 1
    assert len(gateway.ledger()["orders"]) == 1


def test_a_timeout_after_the_effect(purchase, gateway, monkeypatch):
    for wire in WIRES:
        monkeypatch.setattr(wire, "TIMEOUT_SECONDS", (1, 0.4))
    gateway.fault(gateway.create, method="POST", phase="after", action={"delay": 1})
    assert purchase.start().provider_order_id
    assert len(gateway.ledger()["orders"]) == 1


def test_while_nothing_answers_the_intent_waits_for_the_next_try(purchase, gateway):
    gateway.fault(gateway.create, method="POST", phase="after", action={"drop": True})
    gateway.fault(gateway.create, method="GET", action={"drop": True})
    with pytest.raises(GatewayUnavailable):
        purchase.start()
    payment = purchase.start()
    assert payment.provider_order_id
    assert len(gateway.calls("POST", gateway.create)) == 1
    assert len(gateway.ledger()["orders"]) == 1


def test_killed_between_intent_and_answer(purchase, gateway, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*args):
        raise Killed

    monkeypatch.setattr(module, "_note_gateway_order", die)
    with pytest.raises(Killed):
        purchase.start()
    monkeypatch.undo()
    assert Payment.objects.get().status == S.CREATED
    assert purchase.start().provider_order_id
    assert Payment.objects.count() == 1
    assert len(gateway.ledger()["orders"]) == 1


@pytest.mark.parametrize("lie", ["amount", "currency", "receipt", "id"])
def test_an_answer_that_was_not_asked_for_is_not_believed(purchase, gateway, lie, caplog):
    gateway.fault(gateway.create, method="POST", phase="after", action={"patch": gateway.lies_about_order[lie]})
    payment = purchase.start()
    assert gateway.ledger()["orders"][0]["order_id"].endswith(payment.provider_order_id)
    assert "not as asked" in caplog.text


def test_a_refusal_is_told_as_one(purchase, gateway):
    purchase.amount = Money(9, "INR")
    with pytest.raises(GatewayRefused) as refusal:
        purchase.start()
    assert (refusal.value.status, refusal.value.http_status) == (409, 400)


@pytest.mark.parametrize("status", [401, 429])
def test_a_wrong_key_or_too_many_calls_are_no_decision(purchase, gateway, status):
    gateway.fault(gateway.create, method="", action={"status": status}, times=5)
    with pytest.raises(GatewayUnavailable):
        purchase.start()


def test_another_amount_makes_another_gateway_order(purchase, gateway):
    first = purchase.start()
    purchase.amount = Money(200_000, "INR")
    second = purchase.start()
    first.refresh_from_db()
    assert first.provider_order_id != second.provider_order_id
    assert (first.status, second.status) == (S.VOID, S.CREATED)
    assert first.check_at  # money on it would be seen


def test_what_is_paid_is_not_started_again(purchase, gateway):
    purchase.paid()
    before = snapshot()
    with pytest.raises(AlreadyPaid):
        purchase.start()
    assert snapshot() == before
    assert len(gateway.calls("POST", gateway.create)) == 1


def test_after_a_failed_attempt_the_same_gateway_order_goes_on(purchase, gateway):
    purchase.pay("fail:card_declined")
    purchase.hear()
    assert sorted(Payment.objects.values_list("status", flat=True)) == [S.CREATED, S.FAILED]
    assert purchase.paid().status == S.PAID
    assert len(gateway.calls("POST", gateway.create)) == 1


@pytest.mark.parametrize("provider", ["cod", "bitcoin", ""])
def test_what_is_not_offered(purchase, provider):
    with pytest.raises(ProviderNotOffered):
        start_payment(reference="test:1", provider=provider, amount=purchase.amount)
    assert not Payment.objects.exists()


@pytest.mark.parametrize("key", ["RAZORPAY_KEY_ID", "STRIPE_SECRET_KEY"])
def test_without_keys_a_gateway_is_not_offered(db, razorpay, stripe, settings, key):
    purchase = Purchase(razorpay if key.startswith("R") else stripe)
    setattr(settings, key, "")
    with pytest.raises(ProviderNotOffered):
        purchase.start()


def test_it_never_runs_inside_a_transaction(purchase, gateway):
    with pytest.raises(CalledInsideTransaction), transaction.atomic():
        purchase.start()
    assert not gateway.calls("POST")


@pytest.mark.postgres_race
def test_two_clicks_open_one_gateway_order(own_database, gateway):
    purchase = Purchase(gateway)
    gateway.fault(gateway.create, method="POST", action={"delay": 0.3}, times=9)
    started = at_once([purchase.start] * 6)
    assert {payment.provider_order_id for payment in started} == {started[0].provider_order_id}
    assert len(gateway.calls("POST", gateway.create)) == 1
    assert Payment.objects.count() == 1


def test_a_paid_stale_amount_is_told_with_its_own_amount(purchase, gateway):
    stale = purchase.start()
    purchase.amount = Money(200_000, "INR")
    purchase.start()
    gateway.pay(stale.provider_order_id)
    purchase.hear("captured")
    drain()
    stale.refresh_from_db()
    assert (stale.status, stale.captured_amount) == (S.PAID, 129_900)
