"""Gives the demo's people the password that this start prints, where an earlier one printed another."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shop.management.demo.people import give_password


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        before, now = settings.DEMO_PASSWORD_BEFORE, settings.DEMO_PASSWORD  # type: ignore[misc]
        if now != before:
            give_password(password=now, before=before)
            _note(now)


def _note(password: str) -> None:
    """For starts to come that name none."""
    file = settings.DEMO_SECRETS  # type: ignore[misc]
    file.write_text(json.dumps(json.loads(file.read_text()) | {"DEMO_PASSWORD": password}))
