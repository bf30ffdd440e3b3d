from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from shop.accounts.models import User
from shop.privacy.models import AnalyticsEvent, Consent, PurchaseConsent
from shop.privacy.rules import Choice, new_visitor
from shop.privacy.selectors import text_of


def record_choice(
    *, purpose: str, given: bool, user: User | None, known: Choice | None, door: str, at: datetime
) -> Choice:
    """Write down a yes or a no to the text that is shown now; returns what the browser keeps.

    A yes makes a new random id, or keeps the one that is known. A no ends it: what was counted under it is deleted.
    A no of somebody of whom nothing is known leaves no row: there is nobody whose it could be.
    """
    before = known.visitor if known else ""
    visitor = before or (new_visitor() if given else "")
    version = text_of(purpose, settings.LANGUAGE_CODE)["version"]
    with transaction.atomic():
        if visitor or user:
            Consent.objects.create(
                user=user, visitor=visitor, purpose=purpose, given=given, version=version, at=at, door=door
            )
        if not given and visitor:
            _forget(visitor)
    return Choice(version, given, visitor if given else "")


def _forget(visitor: str) -> None:
    AnalyticsEvent.objects.filter(visitor=visitor).delete()
    PurchaseConsent.objects.filter(visitor=visitor).delete()
