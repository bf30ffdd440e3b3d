from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from shop.accounts.models import User
from shop.privacy.models import Consent
from shop.privacy.statuses import Purpose

CHOICE = ("purpose", "given", "version", "at", "door")
TEXTS = """
SELECT json_agg(json_build_array(locale, version, heading, body) ORDER BY version) FROM privacy_consenttext
WHERE purpose = %(purpose)s AND locale IN (%(locale)s, %(own)s)"""
CHOICES = f"SELECT {', '.join(CHOICE)} FROM privacy_consent WHERE user_id = %s ORDER BY id DESC"  # noqa: S608


def text_of(purpose: str, locale: str) -> dict[str, Any]:
    """The newest wording in the language, else in the shop's own, else that of the code (version 0). One query."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, {"purpose": purpose, "locale": locale, "own": settings.LANGUAGE_CODE})
        return text_among(cursor.fetchone()[0] or [], purpose, locale)


def text_among(texts: list[list[Any]], purpose: str, locale: str) -> dict[str, Any]:
    """The same, of what `TEXTS` has found."""
    newest = {row[0]: row for row in texts}
    text = newest.get(locale) or newest.get(settings.LANGUAGE_CODE)
    version = max((row[1] for row in texts), default=0)
    if text is None:
        return {"purpose": purpose, "version": 0, "heading": _("May we count your visit?"), "body": _default_body()}
    return {"purpose": purpose, "version": version, "heading": text[2], "body": text[3]}


def _default_body() -> str:
    return _(
        "Which pieces you look at, search for and buy, under a random number that says nothing of you. Without your "
        "yes nothing is counted, and the shop works just the same."
    )


def visitor_agreed(visitor: str, purpose: str = Purpose.ANALYTICS) -> bool:
    """What was recorded counts, not what a cookie says. One query."""
    if not visitor:
        return False
    said = Consent.objects.filter(visitor=visitor, purpose=purpose).order_by("-pk").values_list("given", flat=True)
    return bool(said[:1] and said[0])


def choices_of(user: User) -> list[dict[str, Any]]:
    """Everything that a person has said, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(CHOICES, [user.pk])
        return [dict(zip(CHOICE, row, strict=True)) for row in cursor.fetchall()]
