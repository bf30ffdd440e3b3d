from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

BREAKING = '<code style="overflow-wrap:anywhere">{}</code>'  # long, and without a space


def told(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j M Y, H:i:s") if moment else "–"
