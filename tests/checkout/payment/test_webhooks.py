"""Messages of the gateway: stored before they are answered, handled once each, in any order, believed in nothing."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from checkout.payment.errors import BadMessage, BadSignature
from checkout.payment.models import Payment, WebhookEvent
from checkout.payment.services.handle_webhook import handle_webhook
from checkout.payment.services.receive_webhook import receive_webhook
from shop.core.tasks.models import QueuedTask
from tests.checkout.payment.conftest import Purchase, drain, snapshot, told
from tests.threads import at_once

S = Payment.Status


def receive(hook, **changes):
    body, headers = changes.get("body", hook["body"]), hook["headers"] | changes.get("headers", {})
    pk = receive_webhook(provider=hook["provider"], body=body.encode(), headers=headers)
    return WebhookEvent.objects.get(pk=pk)


def test_the_same_event_again_is_stored_once(purchase, gateway):
    purchase.pay()
    (hook,) = gateway.hooks("captured")
    assert len({receive(hook).pk for _ in range(5)}) == 1
    assert QueuedTask.objects.count() == 1
    drain()
    receive(hook)
    assert QueuedTask.objects.count() == 0
    assert WebhookEvent.objects.get().body == hook["body"]


def test_newest_first(purchase, gateway):
    purchase.pay()
    for hook in reversed(gateway.hooks()):
        receive(hook)
        drain()
    assert Payment.objects.get().status == S.PAID
    assert [event["name"] for event in told()] == ["payment.captured"]


def test_the_text_of_a_message_is_not_believed(purchase, gateway):
    """A true old message says `captured`; what the gateway says now counts."""
    purchase.pay("authorized_only")
    hook = gateway.hooks("authorized")[0]
    raw = gateway.claim_captured(hook["body"])
    receive(hook, body=raw, headers=gateway.sign(raw))
    drain()
    assert Payment.objects.get().status == S.AUTHORIZED


@pytest.mark.parametrize("secret", ["emu_hook_secret_01x", "", "whsec_emu_fake_01x"])
def test_other_secrets_store_nothing(purchase, gateway, settings, secret):
    purchase.pay()
    setattr(settings, gateway.secrets_setting, [secret])
    before = snapshot()
    for hook in gateway.hooks():
        with pytest.raises(BadSignature):
            receive(hook)
    assert snapshot() == before
    assert not QueuedTask.objects.exists()


def test_messages_about_others_are_taken_and_left(purchase, gateway, db):
    stranger = Purchase(gateway, reference="other shop")
    stranger.pay()
    Payment.objects.all().delete()
    purchase.hear()
    assert {event.error for event in WebhookEvent.objects.all()} == {"not an order of ours, or not tried yet"}
    assert not Payment.objects.exists()
    assert not told()


def test_a_message_about_an_order_that_the_gateway_does_not_know_is_left(purchase, gateway):
    """Truly signed, of another account with the same secret, say. No task may be parked for it."""
    purchase.pay()
    order_id = Payment.objects.get().provider_order_id
    hook = next(hook for hook in gateway.hooks() if order_id in hook["body"])
    raw = hook["body"].replace(order_id, order_id[:-8] + "x" * 8)
    stored = receive(hook, body=raw, headers=gateway.sign(raw))
    drain()
    stored.refresh_from_db()
    assert (bool(stored.handled_at), stored.error) == (True, "not an order of the gateway")
    assert not QueuedTask.objects.exists()
    assert Payment.objects.get().status == S.CREATED


def test_of_an_order_of_ours_it_is_asked_again(purchase, gateway):
    """A refusal that makes no sense is looked at by a person in the end, not taken for an answer."""
    purchase.pay()
    order_id = Payment.objects.get().provider_order_id
    hook = next(hook for hook in gateway.hooks() if order_id in hook["body"])
    gateway.fault("^/v1/", action={"status": 404}, times=20)
    stored = receive(hook)
    drain()
    stored.refresh_from_db()
    assert not stored.handled_at
    assert QueuedTask.objects.exists()


@pytest.mark.parametrize("name", [r"\u0000", r"\ud800", r"a\u0000b"])
def test_a_name_that_cannot_be_stored_is_refused(gateway, db, name):
    raw = gateway.message("brand.new").replace("brand.new", name)
    assert name in raw
    with pytest.raises(BadMessage):
        receive_webhook(provider=gateway.code, body=raw.encode(), headers=gateway.sign(raw))
    assert not WebhookEvent.objects.exists()


def test_an_order_whose_answer_was_lost_is_known_by_its_receipt(purchase, gateway):
    purchase.pay()
    Payment.objects.update(provider_order_id="")
    purchase.hear("captured")
    assert Payment.objects.get().status == S.PAID


@pytest.mark.parametrize("event", ["payment.downtime.started", "settlement.processed", "brand.new"])
def test_unknown_events_are_noted(purchase, gateway, event):
    raw = gateway.message(event)
    pk = receive_webhook(provider=gateway.code, body=raw.encode(), headers=gateway.sign(raw))
    drain()
    stored = WebhookEvent.objects.get(pk=pk)
    assert stored.handled_at
    assert stored.error == "names no order"


def test_while_the_gateway_is_away_a_message_waits(purchase, gateway):
    purchase.pay()
    gateway.fault("/v1/", action={"drop": True}, times=99)
    purchase.hear("captured")
    event = WebhookEvent.objects.get()
    assert (event.handled_at, event.attempts) == (None, 1)
    assert Payment.objects.get().status == S.CREATED
    gateway.heal()
    QueuedTask.objects.update(due_at="2020-01-01T00:00Z")
    drain()
    assert Payment.objects.get().status == S.PAID


def test_a_message_is_answered_without_what_only_people_need(purchase, gateway, client, django_assert_num_queries):
    """Sessions, languages, CSRF and page headers cost a third of the answer. One statement stores, one queues."""
    purchase.pay()
    (hook,) = gateway.hooks("captured")
    address = f"/api/payment/webhook/{gateway.code}/"
    with django_assert_num_queries(4):  # two of them are the test's savepoint
        answer = client.post(address, hook["body"], "application/json", headers=hook["headers"])
    assert (answer.status_code, WebhookEvent.objects.count()) == (200, 1)
    assert not answer.cookies
    assert "Content-Security-Policy" not in answer  # the whole way would have set it
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_cannot_be_stored_is_not_answered(purchase, gateway, client):
    purchase.pay()

    def fail(execute, sql, params, many, context):
        if "webhookevent" in sql:
            raise OperationalError("the database is down")
        return execute(sql, params, many, context)

    client.raise_request_exception = False
    hook = gateway.hooks()[0]
    address = f"/api/payment/webhook/{gateway.code}/"
    with connection.execute_wrapper(fail):
        answer = client.post(address, hook["body"], content_type="application/json", headers=hook["headers"])
    assert answer.status_code == 500
    assert not WebhookEvent.objects.exists()


@pytest.mark.postgres_race
def test_five_copies_at_once_have_one_effect(own_database, gateway):
    purchase = Purchase(gateway)
    purchase.pay()
    (hook,) = gateway.hooks("captured")
    stored = at_once([lambda: receive(hook).pk] * 5)
    assert len(set(stored)) == 1
    assert QueuedTask.objects.count() == 1
    at_once([lambda: handle_webhook(event_id=stored[0])] * 5)
    assert Payment.objects.get().status == S.PAID
    assert len(told("payment.captured")) == 1


@pytest.mark.postgres_race
def test_return_and_webhooks_at_the_same_instant(own_database, gateway):
    purchase = Purchase(gateway)
    purchase.pay()
    stored = [receive(hook).pk for hook in gateway.hooks()]
    gateway.fault(gateway.order, action={"delay": 0.3}, phase="after", times=20)
    calls = [purchase.confirm, purchase.confirm, *[lambda pk=pk: handle_webhook(event_id=pk) for pk in stored]]
    results = at_once(calls)
    assert [result.status for result in results[:2]] == [S.PAID, S.PAID]
    assert results[2:] == [None] * len(stored)
    assert Payment.objects.count() == 1
    assert len(told("payment.captured")) == 1
