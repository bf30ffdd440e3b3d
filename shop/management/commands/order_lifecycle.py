from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from checkout.order.lifecycle import lifecycle

PAGE = settings.BASE_DIR / "docs" / "order-lifecycle.md"


class Command(BaseCommand):
    help = "Draw docs/order-lifecycle.md from the tables in the code; without --write only compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            drawn = lifecycle()
        if options["write"]:
            PAGE.write_text(drawn)
        elif not PAGE.exists() or PAGE.read_text() != drawn:
            raise CommandError(
                f"{PAGE.name} is not what the code says. Draw it again: manage.py order_lifecycle --write"
            )
