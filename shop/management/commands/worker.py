"""`make worker`: background work in a process of its own, for a machine that separates it from the web."""

from __future__ import annotations

import signal
import threading

from django.core.management.base import BaseCommand

from shop.core.tasks.runner import run_forever


class Command(BaseCommand):
    help = "Run tasks, periodic jobs and the outbox until told to end (Ctrl-C or SIGTERM; a running task is finished)."

    def handle(self, *args, **options) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("The worker runs. Ctrl-C ends it.")
        run_forever(stop)
