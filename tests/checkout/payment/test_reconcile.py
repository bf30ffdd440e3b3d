"""Webhooks lost, browsers closed: the reconciler finds what became of every gateway order (promise P7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.payment.models import Payment, WebhookEvent
from checkout.payment.rules import next_check
from checkout.payment.services.reconcile import reconcile
from checkout.payment.services.void_payments import void_payments
from checkout.payment.tasks import forget_old_webhooks
from shop.core.tasks.models import QueuedTask
from tests.checkout.payment.conftest import drain, told

S = Payment.Status


def later(**gap) -> int:
    """The reconciler so much later; returns how much was due."""
    count = reconcile(at=timezone.now() + timedelta(**gap))
    drain()
    return count


def test_a_closed_browser_and_no_webhook(purchase):
    purchase.pay()
    assert later(minutes=14) == 0
    assert Payment.objects.get().status == S.CREATED
    assert later(minutes=16) == 1
    assert Payment.objects.get().status == S.PAID
    assert len(told("payment.captured")) == 1


def test_what_is_settled_is_not_asked_about(purchase, gateway):
    purchase.paid()
    asked = len(gateway.calls("GET"))
    assert later(days=10) == 0
    assert len(gateway.calls("GET")) == asked


def test_an_unpaid_order_is_asked_about_for_days(purchase, gateway):
    purchase.start()
    Payment.objects.update(created_at=timezone.now() - timedelta(days=5, hours=1), check_at=timezone.now())
    later(seconds=1)
    payment = Payment.objects.get()
    assert timedelta(hours=11) < payment.check_at - timezone.now() < timedelta(hours=13)
    gateway.pay(payment.provider_order_id)
    later(hours=13)
    assert Payment.objects.get().status == S.PAID


def test_the_gaps_grow_and_end(purchase):
    begun = timezone.now()
    at, gaps = begun + timedelta(minutes=15), []
    while then := next_check(begun, at):
        gaps.append(then - at)
        at = then
    assert gaps == sorted(gaps)
    assert gaps[0] == timedelta(minutes=15)
    assert gaps[-1] == timedelta(hours=12)
    assert at - begun > timedelta(days=5)
    assert len(gaps) < 30


def test_what_the_gateway_does_not_capture_by_itself_is_captured(purchase, gateway):
    gateway.switch(capture="manual")
    purchase.pay("authorized_only")
    assert purchase.confirm().status == S.AUTHORIZED
    assert later(seconds=60) == 0
    later(seconds=121)
    assert Payment.objects.get().status == S.PAID
    assert gateway.ledger()["captured"] == 129_900
    assert [event["name"] for event in told()] == ["payment.authorized", "payment.captured"]


@pytest.mark.parametrize("action", [{"drop": True}, {"status": 500}])
def test_a_capture_whose_answer_is_lost(purchase, gateway, action):
    gateway.switch(capture="manual")
    purchase.pay("authorized_only")
    purchase.confirm()
    gateway.fault("/capture$", method="POST", phase="after", action=action)
    later(seconds=121)
    assert Payment.objects.get().status == S.PAID
    assert len(gateway.calls("POST", "/capture")) == 1


def test_nothing_is_captured_for_what_died(purchase, gateway):
    gateway.switch(capture="manual")
    purchase.pay("authorized_only")
    purchase.confirm()
    void_payments(reference="test:1")
    later(minutes=16)
    assert not gateway.calls("POST", "/capture")
    assert Payment.objects.get().status == S.VOID


def test_money_that_comes_for_what_died_is_told(purchase, gateway):
    payment = purchase.start()
    void_payments(reference="test:1")
    gateway.pay(payment.provider_order_id)
    later(minutes=16)
    payment.refresh_from_db()
    assert (payment.status, payment.captured_amount) == (S.PAID, 129_900)
    assert len(told("payment.captured")) == 1


def test_an_authorization_that_the_gateway_gave_back(purchase, gateway):
    gateway.switch(capture="manual")
    purchase.pay("authorized_only")
    purchase.confirm()
    gateway.advance(gateway.authorization_lasts + 1)
    later(days=4)
    assert Payment.objects.get().status == S.FAILED
    assert not told("payment.captured")
    assert purchase.start().status == S.CREATED


def test_while_the_gateway_is_away_it_is_asked_again(purchase, gateway):
    purchase.pay()
    gateway.fault("/v1/", action={"status": 503, "body": "html"}, times=99)
    later(minutes=16)
    assert Payment.objects.get().status == S.CREATED
    gateway.heal()
    QueuedTask.objects.all().delete()
    later(minutes=40)
    assert Payment.objects.get().status == S.PAID


def test_old_messages_are_forgotten_when_they_are_done(db):
    for n, (age, done) in enumerate([(31, True), (31, False), (29, True)]):
        event = WebhookEvent.objects.create(provider="razorpay", event_id=str(n), body="{}")
        at = timezone.now() - timedelta(days=age)
        WebhookEvent.objects.filter(pk=event.pk).update(received_at=at, handled_at=at if done else None)
    forget_old_webhooks()
    assert sorted(WebhookEvent.objects.values_list("event_id", flat=True)) == ["1", "2"]


def test_a_gateway_that_forgot_its_orders_is_a_line_in_the_log_not_a_failed_task(purchase, gateway, caplog):
    """As the demo's does when the shop is started anew."""
    payment = purchase.start()
    Payment.objects.update(provider_order_id=list(gateway.unknown_ids.values())[1])
    later(minutes=16)
    assert Payment.objects.get(pk=payment.pk).status == S.CREATED
    assert not QueuedTask.objects.exists()
    assert "says nothing of its order" in caplog.text
    assert not [record for record in caplog.records if record.exc_info]
