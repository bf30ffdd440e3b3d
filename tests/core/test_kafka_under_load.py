"""E5 for the broker: relay and consumers as processes, killed, and the broker emptied, while events are published."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time

import pytest
from django.db import transaction

from shop.core.outbox.models import OutboxEvent
from shop.core.outbox.publishing import publish
from tests.core import children
from tests.core.happenings import Happened, subscribed, write_down, written_down
from tests.core.test_tasks import wait_for

pytestmark = [pytest.mark.postgres_race, pytest.mark.slow]
RELAY = """
from datetime import timedelta
from django.core.management import call_command
from shop.core.outbox.kafka import sending
sending.SEND_AGAIN, sending.SEND_AGAIN_AT_MOST, sending.ACK_SECONDS = timedelta(seconds=4), timedelta(seconds=8), 3
with subscribed(write_down):
    call_command("relay")
"""
CONSUMER = """
from django.core.management import call_command
with subscribed(write_down):
    call_command("consume", "--group", "all")
"""


@pytest.fixture
def processes(own_database, own_broker):
    running: list[subprocess.Popen] = []

    def start(code: str) -> subprocess.Popen:
        child = children.start(code, KAFKA_BOOTSTRAP_SERVERS=own_broker.address)
        running.append(child)
        return child

    yield start
    for child in running:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        child.wait(timeout=30)


def publish_some(count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            publish(Happened(number=number), aggregate=f"kernel:{number % 20}")
        time.sleep(0.01)  # a load, not a burst


def told() -> int:
    return len(set(written_down()))


def test_killed_and_emptied_under_load_every_event_is_applied_once(own_database, own_broker, processes, settings):
    settings.KAFKA_BOOTSTRAP_SERVERS = own_broker.address
    relay, consumers = processes(RELAY), [processes(CONSUMER), processes(CONSUMER)]
    with subscribed(write_down):
        publish_some(100)
        wait_for(lambda: told() >= 20, seconds=60)
        consumers[0].kill()
        relay.kill()
        publish_some(50)
        own_broker.restart()  # topics, messages and offsets are gone
        relay = processes(RELAY)
        publish_some(50)
        wait_for(lambda: not OutboxEvent.objects.filter(relayed_at=None).exists(), seconds=120)
    assert written_down() == sorted(OutboxEvent.objects.values_list("pk", flat=True))
    assert len(written_down()) == 200
    for child in (relay, consumers[1]):
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=30) == 0
