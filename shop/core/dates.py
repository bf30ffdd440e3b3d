"""Days and moments for people, in the shop's time zone."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from django.utils import timezone

LOCALES = {"en": "en_IN", "hi": "hi_IN"}


def day_text(day: date, locale: str) -> str:
    """`Saturday, 24 October`."""
    return format_date(day, "EEEE, d MMMM", locale=_babel(locale))


def date_text(at: datetime, locale: str) -> str:
    """`24 October 2026`."""
    return format_date(timezone.localtime(at), "d MMMM y", locale=_babel(locale))


def moment_text(at: datetime, locale: str) -> str:
    """`24 October, 6:30 pm`."""
    return format_datetime(timezone.localtime(at), "d MMMM, h:mm a", locale=_babel(locale))


def zoned_text(at: datetime, locale: str) -> str:
    """`24 October, 6:30 pm IST`."""
    return f"{moment_text(at, locale)} {timezone.localtime(at).tzname()}"


def _babel(locale: str) -> str:
    return LOCALES.get(locale, locale.replace("-", "_"))
