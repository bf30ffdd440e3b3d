from __future__ import annotations

from django.core.management.base import BaseCommand

from shop.core.outbox.retry_parked import retry_parked


class Command(BaseCommand):
    help = "Give parked events their attempts again, once the cause is gone."

    def add_arguments(self, parser) -> None:
        parser.add_argument("event_ids", nargs="*", type=int, help="ids of outbox events; all without")

    def handle(self, *args, event_ids: list[int], **options) -> None:
        self.stdout.write(f"{retry_parked(event_ids=event_ids or None)} deliveries are tried again.")
