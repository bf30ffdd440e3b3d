"""E1 to E3 over a broker of Kafka's protocol: sent at least once, applied once, whatever dies in between."""

from __future__ import annotations

import json
import signal
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from shop.core import tracing
from shop.core.outbox.kafka import consuming, sending
from shop.core.outbox.kafka.envelope import write_envelope
from shop.core.outbox.kafka.sending import BrokerAway, Sender
from shop.core.outbox.models import Delivery, OutboxEvent, ParkedMessage
from shop.core.outbox.publishing import publish
from shop.core.outbox.retry_parked import retry_parked
from shop.core.tasks.runner import run_everything_due
from tests.core import children
from tests.core.happenings import Happened, happen, subscribed, write_down, written_down
from tests.core.topics import messages_of, reader_of, take_messages
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def kafka(kafka_server, settings):
    settings.KAFKA_BOOTSTRAP_SERVERS = kafka_server
    settings.KAFKA_TOPIC_PREFIX = f"t{uuid.uuid4().hex[:8]}."
    return {"KAFKA_BOOTSTRAP_SERVERS": kafka_server, "KAFKA_TOPIC_PREFIX": settings.KAFKA_TOPIC_PREFIX}


def happens(*numbers: int) -> None:
    with transaction.atomic():
        for number in numbers:
            happen(number)


def a_message(value: bytes, offset: int = 7) -> SimpleNamespace:
    facts = {"value": value, "topic": "shop.kernel", "partition": 0, "offset": offset, "error": None}
    return SimpleNamespace(**{name: lambda fact=fact: fact for name, fact in facts.items()})


def open_events() -> int:
    return OutboxEvent.objects.filter(relayed_at=None).count()


def test_an_event_is_sent_with_its_key_headers_and_trace(own_database, kafka):
    with subscribed(write_down), tracing.within(TRACE), transaction.atomic():
        happen(5)
    with subscribed(write_down):
        assert Sender().send_due() == 1
    event = OutboxEvent.objects.get()
    reader = reader_of()
    (message,) = messages_of(reader, 1)
    reader.close()
    assert message.topic() == f"{kafka['KAFKA_TOPIC_PREFIX']}kernel"
    assert message.key() == b"kernel:5"
    assert json.loads(message.value()) == {
        "id": event.pk, "name": "kernel.happened", "version": 1, "aggregate": "kernel:5",
        "occurred_at": event.occurred_at.isoformat(), "data": {"number": 5},
    }  # fmt: skip
    headers = dict(message.headers())
    assert headers["event-id"] == str(event.pk).encode()
    assert (headers["event-name"], headers["event-version"]) == (b"kernel.happened", b"1")
    assert headers["traceparent"] == TRACE.encode()
    assert (event.sends, event.relayed_at) == (1, None)  # on its way, with nobody yet


def test_the_trace_goes_on_in_what_a_subscriber_publishes(own_database, kafka):
    def go_on(message) -> None:
        publish(Happened(number=message.payload["number"] + 1), aggregate="kernel:next")

    with subscribed(go_on):
        with tracing.within(TRACE):
            happens(1)
        Sender().send_due()
        take_messages(1)
    assert set(OutboxEvent.objects.values_list("traceparent", flat=True)) == {TRACE}


def test_with_kafka_the_process_itself_delivers_nothing(own_database, kafka):
    with subscribed(write_down):
        happens(1)
        run_everything_due()
        assert written_down() == []
        Sender().send_due()
        take_messages(1)
        assert len(written_down()) == 1
        assert open_events() == 0


def test_events_of_an_aggregate_come_in_their_order(own_database, kafka):
    with subscribed(write_down):
        with transaction.atomic():
            for number in range(60):
                publish(Happened(number=number), aggregate=f"kernel:{number % 3}")
        assert at_once([Sender().send_due] * 3).count(60) == 1  # one relay at a time
        reader = reader_of()
        came = [json.loads(message.value()) for message in messages_of(reader, 60)]
        reader.close()
    for aggregate in range(3):
        numbers = [each["data"]["number"] for each in came if each["aggregate"] == f"kernel:{aggregate}"]
        assert numbers == list(range(aggregate, 60, 3))


def test_while_the_broker_is_away_nothing_is_marked_and_nothing_lost(own_database, own_broker, settings, monkeypatch):
    monkeypatch.setattr(sending, "ACK_SECONDS", 1)
    settings.KAFKA_BOOTSTRAP_SERVERS = own_broker.address
    own_broker.stop()
    sender = Sender()
    with subscribed(write_down):
        happens(1, 2)
        with pytest.raises(BrokerAway):
            sender.send_due()
        assert OutboxEvent.objects.filter(sent_at=None).count() == 2
        own_broker.start()
        monkeypatch.undo()
        settings.KAFKA_BOOTSTRAP_SERVERS = own_broker.address
        assert sender.send_due() == 2
        take_messages(2)
        assert len(written_down()) == 2


def test_the_backlog_is_sent_in_bounded_batches(own_database, kafka, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 4)
    sender = Sender()
    with subscribed(write_down):
        happens(*range(10))
        assert [sender.send_due() for _ in range(4)] == [4, 4, 2, 0]


def test_an_event_that_nobody_here_wants_is_done_when_the_broker_has_it(own_database, kafka):
    happens(1)
    assert Sender().send_due() == 1
    assert open_events() == 0


RELAY_DIES = """
from shop.core.outbox.kafka import sending
sending.mark_sent = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
sending.Sender().send_due()
"""


def test_a_relay_killed_between_acknowledgement_and_commit_sends_again(own_database, kafka):
    with subscribed(write_down):
        happens(1)
        assert children.run(RELAY_DIES, **kafka).returncode == -signal.SIGKILL
        assert OutboxEvent.objects.get().sent_at is None
        assert Sender().send_due() == 1
        assert take_messages(2) == 2  # it came twice
        assert len(written_down()) == 1


CONSUMER_DIES = """
from tests.core import topics
from shop.core.outbox.kafka import consuming
with subscribed(write_down):
    reader = topics.reader_of()
    consuming.handle(reader, topics.messages_of(reader, 1), "all", __import__("threading").Event())
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_consumer_killed_before_its_offset_is_committed_changes_nothing_twice(own_database, kafka):
    with subscribed(write_down):
        happens(1)
        Sender().send_due()
        assert children.run(CONSUMER_DIES, **kafka).returncode == -signal.SIGKILL
        assert len(written_down()) == 1
        OutboxEvent.objects.update(relayed_at=None)  # the delivery rows alone must hold
        assert take_messages(1) == 1  # the offset was not committed: it comes again
        assert len(written_down()) == 1


def test_the_offset_is_committed_after_the_database(own_database, kafka):
    """The control of the one above: with the offset committed, the message does not come again."""
    with subscribed(write_down):
        happens(1)
        Sender().send_due()
        take_messages(1)
        with pytest.raises(AssertionError, match="0 of 1"):
            messages_of(reader_of(), 1, seconds=2)


def test_replaying_a_whole_topic_changes_nothing(own_database, kafka):
    with subscribed(write_down):
        happens(1, 2, 3)
        Sender().send_due()
        take_messages(3)
        before = written_down()
        OutboxEvent.objects.update(relayed_at=None)
        take_messages(3, from_the_beginning=True)
        assert written_down() == before
        Delivery.objects.all().delete()  # the control: these rows are what makes it once
        OutboxEvent.objects.update(relayed_at=None)
        take_messages(3, from_the_beginning=True)
        assert len(written_down()) == 6


def test_each_group_has_every_event_and_runs_its_own_subscribers(own_database, kafka, settings):
    seen: list[str] = []

    def of_stock(message) -> None:
        seen.append("stock")

    def of_letters(message) -> None:
        seen.append("letters")

    settings.EVENT_GROUPS = {"inventory": ["tests.of_stock"], "notifications": ["tests."]}
    with subscribed(of_stock, of_letters):
        happens(1)
        Sender().send_due()
        take_messages(1, "inventory")
        assert (seen, open_events()) == (["stock"], 1)
        take_messages(1, "notifications")
        assert (seen, open_events()) == (["stock", "letters"], 0)


def test_poison_is_tried_again_parked_with_its_reason_and_the_others_go_on(own_database, kafka, monkeypatch):
    def fail_on_one(message) -> None:
        if message.payload["number"] == 1:
            raise ValueError("cannot digest 1")
        write_down(message)

    monkeypatch.setattr(sending, "SWEEP_SECONDS", 0)
    sender = Sender()
    with subscribed(fail_on_one):
        happens(1, 2)
        sender.send_due()
        take_messages(2)
        assert len(written_down()) == 1
        Delivery.objects.filter(status=Delivery.Status.RETRY).update(
            next_attempt_at=timezone.now() + timedelta(hours=1)
        )
        assert sender.send_due() == 0  # not before its time, which at first is two seconds later
        Delivery.objects.filter(status=Delivery.Status.RETRY).update(attempts=7)
        OutboxEvent.objects.filter(relayed_at=None).update(sent_at=timezone.now() - timedelta(minutes=1))
        Delivery.objects.filter(status=Delivery.Status.RETRY).update(next_attempt_at=timezone.now())
        assert sender.send_due() == 1
        assert sender.send_due() == 0  # asked for once
        take_messages(1)
        parked = Delivery.objects.get(status=Delivery.Status.PARKED)
        assert (parked.error, open_events()) == ("ValueError: cannot digest 1", 0)
    with subscribed(write_down):
        Delivery.objects.update(consumer="tests.write_down")
        assert retry_parked() == 1
        sender.send_due()
        take_messages(1)
        assert len(written_down()) == 2


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", "no envelope"),
        (b"\xff\x00 not json", "no envelope"),
        (b"[]", "no envelope"),
        (b"{" * 50_000, "no envelope"),
        (b'{"id": "1", "name": "a", "version": 1, "aggregate": "b"}', "wrong type"),
        (b'{"id": true, "name": "a", "version": 1, "aggregate": "b"}', "wrong type"),
        (b'{"id": 99999999999999999999, "name": "a", "version": 1, "aggregate": "b"}', "wrong type"),
        (b'{"id": 987654321, "name": "kernel.happened", "version": 1, "aggregate": "kernel:1"}', "no such event"),
    ],
)
def test_what_is_not_ours_is_parked_once_and_harms_nobody(own_database, value, reason):
    with subscribed(write_down):
        consuming.take(a_message(value), "all")
        consuming.take(a_message(value, offset=8), "all")
    assert reason in ParkedMessage.objects.get().reason
    assert written_down() == []


def test_a_message_that_lies_about_an_event_is_parked(own_database):
    with subscribed(write_down):
        happens(1)
        event = OutboxEvent.objects.get()
        event.aggregate = "kernel:2"
        consuming.take(a_message(write_envelope(event)), "all")
    assert "no such event" in ParkedMessage.objects.get().reason
    assert written_down() == []


@pytest.mark.parametrize("newer", [{"version": 2}, {"name": "kernel.of_tomorrow"}])
def test_what_newer_code_has_published_waits_for_the_update(own_database, kafka, newer, monkeypatch):
    monkeypatch.setattr(sending, "SWEEP_SECONDS", 0)
    sender = Sender()
    with subscribed(write_down):
        happens(1)
        OutboxEvent.objects.update(**newer)
        sender.send_due()
        take_messages(1)
        assert ParkedMessage.objects.count() == 1
        assert (written_down(), open_events()) == ([], 1)
        OutboxEvent.objects.update(send_due_at=timezone.now(), name="kernel.happened", version=1)  # updated
        sender.send_due()
        take_messages(1)
        assert (len(written_down()), open_events()) == (1, 0)
        retry_parked()
        assert ParkedMessage.objects.count() == 0


def test_an_older_message_gets_the_defaults_of_fields_that_were_added(own_database, monkeypatch):
    told = []
    monkeypatch.setattr("shop.core.outbox.delivering.defaults_of", lambda _name: {"number": 0, "added": "default"})
    with subscribed(lambda message: told.append(message.payload)):
        happens(1)
        consuming.take(a_message(write_envelope(OutboxEvent.objects.get())), "all")
    assert told == [{"number": 1, "added": "default"}]


def test_consume_says_that_there_is_no_broker():
    with pytest.raises(CommandError, match="KAFKA_BOOTSTRAP_SERVERS"):
        call_command("consume")


def test_the_shop_is_not_ready_without_its_broker(client, db, kafka, settings):
    assert client.get("/readyz").json() == {"database": True, "kafka": True}
    settings.KAFKA_BOOTSTRAP_SERVERS = "127.0.0.1:1"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "kafka": False})
