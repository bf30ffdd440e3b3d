"""What is forgotten, and what is handed on, by the clock."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from shop.core.retention import kept_for
from shop.core.tasks.clock import every
from shop.privacy.models import AnalyticsEvent, Consent, PrivacyRequest, PurchaseConsent
from shop.privacy.services.apply_retention import apply_retention
from shop.privacy.services.forward_events import forward_events


@every(seconds=30)
def forward_what_was_counted() -> None:
    forward_events(at=timezone.now())


@every(seconds=24 * 3600)
def forget_what_is_old() -> None:
    apply_retention(at=timezone.now())


@kept_for("analytics", days=400)
def forget_analytics(before: datetime) -> int:
    PurchaseConsent.objects.filter(at__lt=before).delete()
    return AnalyticsEvent.objects.filter(at__lt=before).delete()[0]


@kept_for("consents", days=3 * 365)
def forget_consents_of_visitors(before: datetime) -> int:
    """Of people without an account, whose cookie has long ended. Those of an account stay as long as the account."""
    return Consent.objects.filter(user=None, at__lt=before).delete()[0]


@kept_for("privacy_requests", days=3 * 365)
def forget_requests(before: datetime) -> int:
    return PrivacyRequest.objects.filter(at__lt=before).delete()[0]
