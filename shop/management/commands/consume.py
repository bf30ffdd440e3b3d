"""`make consume`: read events from Kafka and hand them to the subscribers of a group."""

from __future__ import annotations

import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.core.outbox.kafka.consuming import consume
from shop.core.outbox.subscriptions import EVERYBODY


class Command(BaseCommand):
    help = "Handle events of Kafka until told to end (Ctrl-C or SIGTERM; a begun message is finished)."

    def add_arguments(self, parser) -> None:
        groups = [EVERYBODY, *settings.EVENT_GROUPS]
        parser.add_argument("--group", choices=groups, default=EVERYBODY, help="whose subscribers (EVENT_GROUPS)")

    def handle(self, *args, group: str, **options) -> None:
        if not settings.KAFKA_BOOTSTRAP_SERVERS:
            raise CommandError("KAFKA_BOOTSTRAP_SERVERS is not set: the shop hands events to their subscribers itself.")
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(f"The group {group} reads. Ctrl-C ends it.")
        consume(group, stop)
