"""Messages of the gateway: stored before they are answered, handled once each, in any order, believed in nothing."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError

from checkout.payment.errors import BadSignature
from checkout.payment.models import Payment, WebhookEvent
from checkout.payment.providers.razorpay.signatures import sign
from checkout.payment.services.handle_webhook import handle_webhook
from checkout.payment.services.receive_webhook import receive_webhook
from shop.core.tasks.models import QueuedTask
from tests.checkout.payment.conftest import Purchase, drain, snapshot, told
from tests.threads import at_once

S = Payment.Status


def receive(hook, **changes):
    body, headers = changes.get("body", hook["body"]), hook["headers"] | changes.get("headers", {})
    return receive_webhook(provider="razorpay", body=body.encode(), headers=headers)


def test_the_same_event_again_is_stored_once(purchase, razorpay):
    purchase.pay()
    (hook,) = razorpay.hooks("payment.captured")
    assert len({receive(hook).pk for _ in range(5)}) == 1
    assert QueuedTask.objects.count() == 1
    drain()
    receive(hook)
    assert QueuedTask.objects.count() == 0
    assert WebhookEvent.objects.get().body == hook["body"]


def test_newest_first(purchase, razorpay):
    purchase.pay()
    for hook in reversed(razorpay.hooks()):
        receive(hook)
        drain()
    assert Payment.objects.get().status == S.PAID
    assert [event["name"] for event in told()] == ["payment.captured"]


def test_the_text_of_a_message_is_not_believed(purchase, razorpay):
    """A true old message says `captured`; what the gateway says now counts."""
    purchase.pay("authorized_only")
    hook = razorpay.hooks("payment.authorized")[0]
    body = json.loads(hook["body"])
    body["payload"]["payment"]["entity"] |= {"status": "captured", "captured": True}
    raw = json.dumps(body)
    receive(hook, body=raw, headers={"X-Razorpay-Signature": sign(raw.encode(), "emu_hook_secret_01")})
    drain()
    assert Payment.objects.get().status == S.AUTHORIZED


@pytest.mark.parametrize("secret", ["emu_hook_secret_01x", "", "secret"])
def test_other_secrets_store_nothing(purchase, razorpay, settings, secret):
    purchase.pay()
    settings.RAZORPAY_WEBHOOK_SECRETS = [secret]
    before = snapshot()
    for hook in razorpay.hooks():
        with pytest.raises(BadSignature):
            receive(hook)
    assert snapshot() == before
    assert not QueuedTask.objects.exists()


def test_messages_about_others_are_taken_and_left(purchase, razorpay, db):
    stranger = Purchase(razorpay, reference="other shop")
    stranger.pay()
    Payment.objects.all().delete()
    purchase.hear()
    assert {event.error for event in WebhookEvent.objects.all()} == {"not an order of ours, or not tried yet"}
    assert not Payment.objects.exists()
    assert not told()


def test_an_order_whose_answer_was_lost_is_known_by_its_receipt(purchase, razorpay):
    purchase.pay()
    Payment.objects.update(provider_order_id="")
    purchase.hear("payment.captured")
    assert Payment.objects.get().status == S.PAID


@pytest.mark.parametrize("event", ["payment.downtime.started", "settlement.processed", "brand.new"])
def test_unknown_events_are_noted(purchase, razorpay, event):
    raw = json.dumps({"entity": "event", "event": event, "payload": {"x": {"entity": {"id": "y_1"}}}})
    stored = receive_webhook(
        provider="razorpay",
        body=raw.encode(),
        headers={"X-Razorpay-Signature": sign(raw.encode(), "emu_hook_secret_01")},
    )
    drain()
    stored.refresh_from_db()
    assert stored.handled_at
    assert stored.error == "names no order"


def test_while_the_gateway_is_away_a_message_waits(purchase, razorpay):
    purchase.pay()
    razorpay.fault("/v1/", action={"drop": True}, times=99)
    purchase.hear("payment.captured")
    event = WebhookEvent.objects.get()
    assert (event.handled_at, event.attempts) == (None, 1)
    assert Payment.objects.get().status == S.CREATED
    razorpay.heal()
    QueuedTask.objects.update(due_at="2020-01-01T00:00Z")
    drain()
    assert Payment.objects.get().status == S.PAID


def test_what_cannot_be_stored_is_not_answered(purchase, razorpay, monkeypatch, client):
    purchase.pay()

    def fail(**kwargs):
        raise OperationalError("the database is down")

    monkeypatch.setattr(WebhookEvent.objects, "get_or_create", fail)
    client.raise_request_exception = False
    hook = razorpay.hooks()[0]
    answer = client.post(
        "/api/payment/webhook/razorpay/", hook["body"], content_type="application/json", headers=hook["headers"]
    )
    assert answer.status_code == 500


@pytest.mark.postgres_race
def test_five_copies_at_once_have_one_effect(own_database, razorpay):
    purchase = Purchase(razorpay)
    purchase.pay()
    (hook,) = razorpay.hooks("payment.captured")
    stored = at_once([lambda: receive(hook).pk] * 5)
    assert len(set(stored)) == 1
    assert QueuedTask.objects.count() == 1
    at_once([lambda: handle_webhook(event_id=stored[0])] * 5)
    assert Payment.objects.get().status == S.PAID
    assert len(told("payment.captured")) == 1


@pytest.mark.postgres_race
def test_return_and_webhooks_at_the_same_instant(own_database, razorpay):
    purchase = Purchase(razorpay)
    purchase.pay()
    stored = [receive(hook).pk for hook in razorpay.hooks()]
    razorpay.fault("/v1/orders/order_", action={"delay": 0.3}, phase="after", times=20)
    calls = [purchase.confirm, purchase.confirm, *[lambda pk=pk: handle_webhook(event_id=pk) for pk in stored]]
    results = at_once(calls)
    assert [result.status for result in results[:2]] == [S.PAID, S.PAID]
    assert results[2:] == [None, None, None]
    assert Payment.objects.count() == 1
    assert len(told("payment.captured")) == 1
