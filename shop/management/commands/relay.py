"""`make relay`: hand events to their subscribers in a process of its own."""

from __future__ import annotations

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from shop.core.outbox.relay import relay_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Deliver outbox events until told to end (Ctrl-C or SIGTERM). Several relays may run at once."

    def handle(self, *args, **options) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("The relay runs. Ctrl-C ends it.")
        while not stop.is_set():
            if not _deliver():
                stop.wait(1.0)


def _deliver() -> int:
    try:
        return relay_due()
    except DatabaseError:
        logger.exception("the database does not answer")
        return 0
    finally:
        close_old_connections()
