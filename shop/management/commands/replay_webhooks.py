from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from shop.webhooks.models import WebhookDelivery
from shop.webhooks.services.replay_deliveries import replay_deliveries


class Command(BaseCommand):
    help = "Send webhooks again: those of the ids, or all parked ones (of one endpoint)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("ids", nargs="*", type=int, help="ids of deliveries")
        parser.add_argument("--parked", action="store_true", help="all that were given up")
        parser.add_argument("--endpoint", type=int, help="only those of this endpoint")

    def handle(self, *args, ids: list[int], parked: bool, endpoint: int | None, **options) -> None:
        if bool(ids) == parked:
            raise CommandError("Name the ids of deliveries, or --parked.")
        found = WebhookDelivery.objects.filter(pk__in=ids) if ids else WebhookDelivery.objects.filter(status="parked")
        if endpoint is not None:
            found = found.filter(endpoint=endpoint)
        count = replay_deliveries(ids=list(found.values_list("pk", flat=True)))
        self.stdout.write(f"{count} are sent again.")
