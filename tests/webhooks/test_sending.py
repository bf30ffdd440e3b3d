"""Third parties are told once an event has committed: signed, tried again, given up, sent again."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from checkout.order.events import RefundDue
from shop.accounts.events import PasswordChanged
from shop.core.db import CalledInsideTransaction
from shop.core.outbox.models import OutboxEvent
from shop.core.tasks.models import QueuedTask
from shop.core.tasks.runner import run_due
from shop.notifications.models import Notification
from shop.webhooks import outside, rules
from shop.webhooks.models import WebhookDelivery, WebhookEndpoint
from shop.webhooks.services.change_secret import change_secret
from shop.webhooks.services.replay_deliveries import replay_deliveries
from tests.factories.people import make_user
from tests.webhooks.receiver import make_endpoint
from tests.webhooks.telling import NOW, happen, send, tell_again

pytestmark = pytest.mark.django_db
Status = WebhookDelivery.Status


def the_example():
    """`is_genuine` of docs/webhooks.md, as a receiver would copy it."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "webhooks.md").read_text()
    names: dict = {}
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], names)  # noqa: S102
    return names["is_genuine"]


def test_an_event_reaches_the_receiver_signed(receiver):
    endpoint = make_endpoint(receiver.url)
    happen()
    assert receiver.requests == []  # not yet: a task does it
    run_due()
    ((path, headers, body),) = receiver.requests
    event = OutboxEvent.objects.get()
    assert path == "/hook?shop=1"
    assert json.loads(body) == {
        "type": "order.placed", "timestamp": event.occurred_at.isoformat(),
        "data": {"order_id": 42, "number": "OS-1042", "total": 129900, "currency": "INR", "payment_method": "cod"},
    }  # fmt: skip
    assert headers["webhook-id"] == f"evt_{event.pk}"
    assert the_example()(endpoint.secret, headers, body)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, delivery.attempts, delivery.response_code) == (Status.DELIVERED, 1, 204)
    assert delivery.duration_ms is not None and delivery.finished_at is not None
    assert QueuedTask.objects.count() == 0


def test_the_example_of_the_documentation_refuses_what_is_not_ours(receiver):
    endpoint, genuine = make_endpoint(receiver.url), the_example()
    happen()
    send(timezone.now())
    ((_path, headers, body),) = receiver.requests
    assert genuine(endpoint.secret, headers, body)
    assert not genuine(endpoint.secret, headers, body + b" ")
    assert not genuine("whsec_" + "A" * 44, headers, body)
    assert not genuine(endpoint.secret, headers | {"webhook-id": "evt_0"}, body)
    assert not genuine(endpoint.secret, headers | {"webhook-timestamp": "1"}, body)
    assert not genuine(endpoint.secret, headers | {"webhook-signature": ""}, body)
    assert not genuine(endpoint.secret, {}, body)


def test_the_signature_is_that_of_standard_webhooks():
    """The example of the specification."""
    import base64

    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = rules.signature(
        key, message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", sent_at=1614265330, body=b'{"test": 2432232314}'
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_only_endpoints_that_ask_are_told_and_each_once(receiver):
    make_endpoint(receiver.url)
    make_endpoint(receiver.url, "order.shipped")
    make_endpoint(receiver.url, active=False)
    happen()
    tell_again()
    assert WebhookDelivery.objects.count() == 1
    assert QueuedTask.objects.filter(path="shop.webhooks.tasks.send").count() == 1


def test_the_database_refuses_a_second_delivery_of_an_event(receiver):
    endpoint = make_endpoint(receiver.url)
    happen()
    known = WebhookDelivery.objects.get()
    with pytest.raises(IntegrityError, match="webhook_once"), transaction.atomic():
        WebhookDelivery.objects.create(endpoint=endpoint, event_id=known.event_id, event_name="order.placed", body="")


@pytest.mark.parametrize("event", [PasswordChanged(user_id=1), RefundDue(1, 1, "sold out")])
def test_what_is_nobody_elses_matter_is_told_to_nobody(receiver, event):
    make_endpoint(receiver.url, event.name)
    assert event.name not in rules.public_events()
    happen(event)
    assert WebhookDelivery.objects.count() == 0


def test_a_failure_is_tried_again_later_and_later_then_parked(receiver):
    endpoint = make_endpoint(receiver.url)
    happen()
    receiver.answers = [500] * rules.MAX_ATTEMPTS
    at, pauses = NOW, []
    for _ in range(rules.MAX_ATTEMPTS - 1):
        WebhookEndpoint.objects.update(failing_since=None)  # other messages arrive
        delivery = send(at)
        assert (delivery.status, delivery.response_code, delivery.error) == (Status.WAITING, 500, "because")
        assert send(at) == delivery and len(receiver.requests) == delivery.attempts  # not before its time
        pauses.append(delivery.next_attempt_at - at)
        at = delivery.next_attempt_at
    WebhookEndpoint.objects.update(failing_since=None)
    assert pauses == sorted(pauses) == list(rules.PAUSES)
    delivery = send(at)
    assert (delivery.status, delivery.attempts, delivery.next_attempt_at) == (Status.PARKED, rules.MAX_ATTEMPTS, None)
    assert len({headers["webhook-id"] for _path, headers, _body in receiver.requests}) == 1
    endpoint.refresh_from_db()
    assert endpoint.active


def test_a_success_ends_a_row_of_failures(receiver):
    make_endpoint(receiver.url)
    happen()
    receiver.answers = [503]
    at = send().next_attempt_at
    assert WebhookEndpoint.objects.get().failing_since == NOW
    assert send(at).status == Status.DELIVERED
    assert WebhookEndpoint.objects.get().failing_since is None


def test_after_a_day_of_failures_it_is_switched_off_and_administrators_are_told_once(receiver):
    admin = make_user("boss", role="admin")
    make_user("helper", role="support")
    make_endpoint(receiver.url, failing_since=NOW - timedelta(hours=23))
    happen()
    receiver.answers = [500, 500, 500]
    assert send().status == Status.WAITING
    later = NOW + timedelta(hours=2)
    assert send(later).status == Status.PARKED
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.active, endpoint.switched_off_because) == (False, "500 because")
    notice = Notification.objects.get(kind="webhook_switched_off")
    assert notice.recipient == admin
    assert "Ledger" in notice.subject and receiver.url.split("?")[0] in notice.message
    WebhookDelivery.objects.update(status=Status.WAITING)
    delivery = send(later)
    assert (delivery.status, delivery.error) == (Status.PARKED, "The endpoint is switched off.")
    assert len(receiver.requests) == 2
    assert Notification.objects.filter(kind="webhook_switched_off").count() == 1


def test_a_receiver_that_says_it_is_gone_is_not_asked_again(receiver):
    make_endpoint(receiver.url)
    happen()
    receiver.answers = [410]
    assert send().status == Status.PARKED
    assert not WebhookEndpoint.objects.get().active


def test_a_redirect_is_not_followed(receiver):
    make_endpoint(receiver.url)
    happen()
    receiver.answers, receiver.location = [302], receiver.url.replace("/hook", "/elsewhere")
    assert send().response_code == 302
    assert [path for path, _headers, _body in receiver.requests] == ["/hook?shop=1"]


def test_an_answer_without_end_is_cut(receiver, monkeypatch):
    monkeypatch.setattr(outside, "TOTAL_SECONDS", 0.4)
    receiver.drips = True
    answer = outside.post(receiver.url, headers={}, body=b"{}")
    assert answer.duration_ms < 5_000


def test_of_a_long_answer_a_line_is_kept(receiver, monkeypatch):
    monkeypatch.setattr(outside, "READ_AT_MOST", 20)
    receiver.drips, receiver.answers = True, [500]
    answer = outside.post(receiver.url, headers={}, body=b"{}")
    assert (answer.code, len(answer.error)) == (500, 20)


def test_a_receiver_that_is_not_there_is_told_as_such(settings):
    settings.WEBHOOKS_MAY_STAY_INSIDE = True
    answer = outside.post("http://127.0.0.1:1/", headers={}, body=b"{}")
    assert answer.code is None and answer.error.startswith("ConnectionRefusedError")


def test_never_inside_a_transaction(receiver):
    with pytest.raises(CalledInsideTransaction), transaction.atomic():
        outside.post(receiver.url, headers={}, body=b"{}")
    assert receiver.requests == []


def test_both_secrets_sign_for_a_day(receiver):
    endpoint, genuine = make_endpoint(receiver.url), the_example()
    old = endpoint.secret
    happen()
    change_secret(endpoint_id=endpoint.pk, at=timezone.now())
    new = WebhookEndpoint.objects.get().secret
    assert old != new
    send(timezone.now())
    _path, headers, body = receiver.requests[0]
    assert genuine(old, headers, body) and genuine(new, headers, body)
    assert len(WebhookEndpoint.objects.get().keys(timezone.now() + timedelta(days=1))) == 1


def test_secrets_of_endpoints_differ_and_stand_in_no_row(receiver):
    one, two = make_endpoint(receiver.url), make_endpoint(receiver.url)
    assert one.secret != two.secret
    kept = "".join(str(value) for row in WebhookEndpoint.objects.values() for value in row.values())
    assert one.secret.removeprefix("whsec_") not in kept


def test_a_delivery_is_sent_again_with_the_same_id_and_text(receiver):
    make_endpoint(receiver.url)
    happen()
    delivery = send()
    assert replay_deliveries(ids=[delivery.pk]) == 1
    send(timezone.now())
    first, second = receiver.requests
    assert (first[1]["webhook-id"], first[2]) == (second[1]["webhook-id"], second[2])


def test_what_belongs_to_a_switched_off_endpoint_is_not_sent_again(receiver):
    make_endpoint(receiver.url)
    happen()
    delivery = send()
    WebhookEndpoint.objects.update(active=False)
    assert replay_deliveries(ids=[delivery.pk]) == 0
    assert WebhookDelivery.objects.get().status == Status.DELIVERED


def test_the_command_sends_parked_ones_again(receiver, capsys):
    endpoint = make_endpoint(receiver.url)
    happen()
    WebhookDelivery.objects.update(status=Status.PARKED)
    QueuedTask.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("replay_webhooks")
    call_command("replay_webhooks", "--parked", "--endpoint", str(endpoint.pk + 1))
    assert QueuedTask.objects.count() == 0
    call_command("replay_webhooks", "--parked")
    assert "1 are sent again" in capsys.readouterr().out
    assert QueuedTask.objects.count() == 1
