"""Two at once, and processes that die in between."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import transaction

from catalog.pricing.events import PriceChanged
from shop.core.outbox import publish
from shop.core.outbox.relay import relay_due
from shop.core.tasks.runner import run_due
from shop.webhooks import outside
from shop.webhooks.models import WebhookDelivery
from tests.threads import at_once
from tests.webhooks.receiver import make_endpoint
from tests.webhooks.telling import NOW, happen, send

pytestmark = pytest.mark.postgres_race
Status = WebhookDelivery.Status


def test_two_tasks_at_once_make_one_attempt(receiver, own_database):
    make_endpoint(receiver.url)
    happen()
    at_once([send] * 4)
    assert len(receiver.requests) == 1
    assert WebhookDelivery.objects.get().attempts == 1


def test_killed_between_request_and_note_it_is_sent_again_after_the_lease(receiver, own_database, monkeypatch):
    make_endpoint(receiver.url)
    happen()
    with monkeypatch.context() as patched:
        patched.setattr(outside, "post", lambda *_, **__: (_ for _ in ()).throw(SystemExit()))
        with pytest.raises(SystemExit):
            send()
    assert send().attempts == 1 and receiver.requests == []  # whoever has it may still be alive
    delivery = send(NOW + timedelta(minutes=2))
    assert (delivery.status, delivery.attempts) == (Status.DELIVERED, 2)


def test_through_the_outbox_and_the_task_runner(receiver, own_database):
    make_endpoint(receiver.url, "price.changed")
    with transaction.atomic():
        publish(PriceChanged([]), aggregate="product:1")
    assert relay_due() == 1
    run_due()
    assert json.loads(receiver.requests[0][2])["data"] == {"product_ids": []}
