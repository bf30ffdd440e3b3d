"""`make relay`: hand events to their subscribers in a process of its own, or to Kafka where one is set."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections

from shop.core.outbox.relay import relay_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Deliver outbox events until told to end (Ctrl-C or SIGTERM): to the subscribers, or to Kafka where"
        " KAFKA_BOOTSTRAP_SERVERS is set. Several relays may run at once."
    )

    def handle(self, *args, **options) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        deliver = _make_sender() if settings.KAFKA_BOOTSTRAP_SERVERS else relay_due
        self.stdout.write("The relay runs. Ctrl-C ends it.")
        while not stop.is_set():
            if not _round(deliver):
                stop.wait(1.0)


def _make_sender() -> Callable[[], int]:
    from shop.core.outbox.kafka.sending import Sender

    return Sender().send_due


def _round(deliver: Callable[[], int]) -> int:
    try:
        return deliver()
    except (DatabaseError, InterfaceError):
        logger.exception("the database does not answer")
    except ConnectionError as error:
        logger.error("the broker does not answer: %s", error)
    finally:
        close_old_connections()
    return 0
