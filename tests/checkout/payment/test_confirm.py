"""The browser's return is a hint: what it takes to be believed, and what a refusal leaves alone."""

from __future__ import annotations

import pytest

from checkout.payment.errors import GatewayUnavailable, PaymentNotVerified
from checkout.payment.models import Payment
from checkout.payment.services.handle_webhook import handle_webhook
from checkout.payment.services.receive_webhook import receive_webhook
from checkout.payment.services.refund_payment import refund_payment
from shop.core.money import Money
from tests.checkout.payment.conftest import Purchase, drain, snapshot, told
from tests.core.happenings import subscribed

S = Payment.Status


def refused(purchase, **changes) -> Payment:
    """The recorded attempt; all other rows are as before, and nothing was told."""
    before, heard = list(Payment.objects.order_by("pk").values()), told()
    with pytest.raises(PaymentNotVerified) as refusal:
        purchase.confirm(**changes)
    record = refusal.value.payment
    assert record.status == S.FAILED
    others = Payment.objects.exclude(pk=record.pk).order_by("pk")
    assert list(others.values()) == [row for row in before if row["id"] != record.pk]
    assert told() == heard
    return record


@pytest.mark.parametrize("signature", ["", "0" * 64, "ä", "x" * 5000])
def test_a_wrong_signature(purchase, razorpay, signature):
    purchase.pay()
    refused(purchase, signature=signature)
    assert purchase.confirm().status == S.PAID


def test_repeating_a_wrong_signature_writes_nothing_more(purchase, razorpay):
    purchase.pay()
    refused(purchase, signature="no")
    before = snapshot()
    with pytest.raises(PaymentNotVerified):
        purchase.confirm(signature="no")
    assert snapshot() == before


def test_a_cheap_payment_does_not_pay_a_dear_order(purchase, gateway):
    cheap = Purchase(gateway, reference="test:cheap", amount=Money(100, "INR"))
    cheap.pay()
    dear = purchase.start()
    purchase.back = cheap.back  # a true signature, but over the other order
    refused(purchase)
    refused(purchase, order_id=dear.provider_order_id)
    assert cheap.confirm().status == S.PAID
    refused(purchase)


def test_a_payment_that_was_never_started(purchase, gateway):
    purchase.back = gateway.unknown_ids
    refused(purchase)


@pytest.mark.parametrize("payment_id", ["", "pay_x", "../orders/order_1", "pay_Zz9Yy8Xx7Ww6Vv|", "ä" * 18])
def test_an_id_that_is_none_never_reaches_the_gateway(purchase, gateway, payment_id):
    purchase.pay()
    asked = len(gateway.calls("GET"))
    refused(purchase, payment_id=payment_id)
    assert len(gateway.calls("GET")) == asked


@pytest.mark.parametrize("lie", range(4))
def test_wrong_facts_about_a_payment_pay_nothing(purchase, gateway, lie):
    lies = gateway.lies_about_payment
    purchase.pay()
    gateway.fault(gateway.payment, action={"patch": lies[lie % len(lies)]}, phase="after")
    refused(purchase)
    gateway.heal()
    assert purchase.confirm().status == S.PAID


@pytest.mark.parametrize("lie", ["amount", "currency", "unpaid"])
def test_wrong_facts_about_its_order_pay_nothing(purchase, gateway, lie):
    purchase.pay()
    gateway.fault(gateway.order, action={"patch": gateway.lies_about_order[lie]}, phase="after")
    refused(purchase)
    gateway.heal()
    drain()
    assert purchase.confirm().status == S.PAID
    assert len(told("payment.captured")) == 1


@pytest.mark.parametrize("nonsense", range(4))
def test_answers_that_make_no_sense_decide_nothing(purchase, gateway, nonsense):
    purchase.pay()
    before = snapshot()
    path, patch = gateway.nonsense[nonsense]
    gateway.fault(path, action={"patch": patch}, phase="after")
    with pytest.raises(GatewayUnavailable):
        purchase.confirm()
    assert snapshot() == before
    assert purchase.confirm().status == S.PAID


@pytest.mark.parametrize("path", ["payment", "order"])
@pytest.mark.parametrize("action", [{"drop": True}, {"status": 500}, {"status": 502, "body": "html"}])
def test_no_answer_decides_nothing(purchase, gateway, path, action):
    purchase.pay()
    before = snapshot()
    gateway.fault(getattr(gateway, path), action=action)
    with pytest.raises(GatewayUnavailable):
        purchase.confirm()
    assert snapshot() == before
    assert purchase.confirm().status == S.PAID


def test_unknown_fields_and_odd_shapes_are_ignored(purchase, razorpay):
    razorpay.switch(entity_extra={"new_field": {"a": [1]}, "another": None})
    purchase.pay()
    razorpay.fault(r"/payments/pay_\w+$", phase="after",
                   action={"patch": {"notes": [], "email": None, "contact": None, "method": "telepathy"}})  # fmt: skip
    payment = purchase.confirm()
    assert (payment.status, payment.method) == (S.PAID, "telepathy")


def test_only_authorized(purchase, gateway):
    purchase.pay("authorized_only")
    assert purchase.confirm().status == S.AUTHORIZED
    assert [event["name"] for event in told()] == ["payment.authorized"]
    gateway.capture_elsewhere(purchase.back)
    assert purchase.confirm().status == S.PAID
    assert [event["name"] for event in told()] == ["payment.authorized", "payment.captured"]
    assert Payment.objects.count() == 1


def test_a_failed_attempt_is_recorded_and_may_still_succeed(purchase, gateway):
    purchase.pay("late_success", after=300)
    purchase.hear("failed")
    failed = Payment.objects.get(status=S.FAILED)
    assert failed.provider_payment_id == gateway.returned(purchase.back)["payment_id"]
    assert [event["name"] for event in told()] == ["payment.failed"]
    gateway.advance(301)
    purchase.hear("failed", "captured")
    failed.refresh_from_db()
    assert (failed.status, failed.error) == (S.PAID, "")
    assert len(told("payment.captured")) == 1
    assert set(Payment.objects.values_list("status", flat=True)) == {S.PAID, S.VOID}  # the intent waits no more


def test_tried_again_in_the_app_on_the_same_payment(purchase):
    purchase.pay("in_app_retry")
    purchase.hear(times=2)
    assert purchase.confirm().status == S.PAID
    assert len(told("payment.captured")) == 1


def test_a_return_that_is_repeated_long_after(purchase, gateway):
    payment = purchase.paid()
    gateway.advance(30 * 86_400)
    before, asked = snapshot(), len(gateway.calls("GET"))
    assert purchase.confirm().pk == payment.pk
    assert snapshot() == before
    assert len(gateway.calls("GET")) == asked


def test_a_webhook_was_faster_and_its_process_has_yet_to_tell_the_order(purchase):
    """Callbacks after the commit do not run in this test: so stands a process between its commit and its telling."""
    purchase.pay()
    for hook in purchase.gateway.hooks("captured"):
        pk = receive_webhook(provider=purchase.gateway.code, body=hook["body"].encode(), headers=hook["headers"])
        handle_webhook(event_id=pk)
    orders = []
    with subscribed(orders.append, to="payment.captured", prompt=True):
        assert purchase.confirm().status == S.PAID
    assert [message.payload["reference"] for message in orders] == [purchase.reference]


def test_a_return_that_is_repeated_after_the_refund_reopens_nothing(purchase):
    payment = purchase.paid()
    refund_payment(payment_id=payment.pk, amount=None, reason="returned", by="sam")
    before = snapshot()
    assert purchase.confirm().status == S.REFUNDED
    assert snapshot() == before


def test_a_fee_of_the_gateway_is_not_ours(purchase, razorpay):
    razorpay.switch(convenience_fee=2_000)
    payment = purchase.paid()
    assert (payment.status, payment.amount, payment.captured_amount) == (S.PAID, 129_900, 131_900)
    assert told("payment.captured")[0]["amount"] == 129_900
    assert payment.refundable == 129_900


def test_too_little_is_never_paid_and_goes_back(purchase, razorpay):
    purchase.pay(amount=50_000)
    refused(purchase)
    drain()
    (event,) = told("payment.captured")
    assert event["amount"] == 50_000  # whoever owns the reference gives it back
    odd = Payment.objects.get(pk=event["payment_id"])
    assert (odd.status, odd.amount, odd.refundable) == (S.PAID, 50_000, 50_000)


def test_a_second_payment_of_another_gateway_order_is_told_too(purchase, gateway):
    first = purchase.start()
    purchase.amount = Money(130_000, "INR")
    second = purchase.start()
    gateway.pay(first.provider_order_id)
    gateway.pay(second.provider_order_id)
    purchase.hear()
    captured = told("payment.captured")
    assert {event["payment_id"] for event in captured} == {first.pk, second.pk}
    assert gateway.ledger()["captured"] == 259_900
