"""`make events`: write docs/events/ anew from the events in the code."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from shop.core.outbox.schemas import Breach, write_schemas


class Command(BaseCommand):
    help = "Write docs/events/ from the events in the code; refuses what would break readers of the same version."

    def handle(self, *args, **options) -> None:
        try:
            changed = write_schemas()
        except Breach as breach:
            raise CommandError(str(breach)) from breach
        self.stdout.write("\n".join(changed) or "Nothing has changed.")
