"""This room's part of the personal export and of an erasure, and the audit of both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shop.accounts.models import User
from shop.core.personal_data import on_erase, on_export, personal_data
from shop.privacy.models import AnalyticsEvent, Consent, PrivacyRequest, PurchaseConsent
from shop.privacy.selectors import choices_of
from shop.privacy.statuses import Kind


def visitors_of(user: User) -> list[str]:
    """The random ids under which this person agreed to be counted."""
    return list(Consent.objects.filter(user=user).exclude(visitor="").values_list("visitor", flat=True).distinct())


@personal_data("consents")
def export_consents(user: User) -> list[dict[str, Any]]:
    return choices_of(user)


@personal_data("analytics")
def export_events(user: User) -> list[dict[str, Any]]:
    events = AnalyticsEvent.objects.filter(visitor__in=visitors_of(user)).order_by("pk")
    return [dict(row) for row in events.values("name", "facts", "at")]


@on_erase
def forget(user: User, at: datetime) -> None:
    """What was counted goes, and so do the consents: there is nobody left whose they could be."""
    visitors = visitors_of(user)
    AnalyticsEvent.objects.filter(visitor__in=visitors).delete()
    PurchaseConsent.objects.filter(visitor__in=visitors).delete()
    Consent.objects.filter(user=user).delete()
    PrivacyRequest.objects.create(kind=Kind.ERASURE, account=user.pk, at=at)


@on_export
def note_export(user: User, at: datetime) -> None:
    PrivacyRequest.objects.create(kind=Kind.EXPORT, account=user.pk, at=at)
