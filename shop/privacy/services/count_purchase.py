"""A purchase is counted from the order, once, if its buyer had agreed when they ordered and has not taken it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.crypto import salted_hmac

from shop.privacy.models import AnalyticsEvent, PurchaseConsent
from shop.privacy.selectors import visitor_agreed
from shop.privacy.statuses import EventName


def keep_consent(*, reference: str, visitor: str, at: datetime) -> None:
    """In the transaction that places the order. No query for those who did not agree."""
    if visitor and visitor_agreed(visitor):
        PurchaseConsent.objects.create(reference=reference, visitor=visitor, at=at)


def transaction_of(reference: str) -> str:
    """Names the purchase and leads nobody from it to the order, and so to the buyer."""
    return salted_hmac("shop.privacy.purchase", reference, algorithm="sha256").hexdigest()[:32]


def count_purchase(*, reference: str, facts: Mapping[str, Any], at: datetime) -> bool:
    """Returns whether it was counted now; a second time, or without consent, nothing happens."""
    agreed = PurchaseConsent.objects.filter(reference=reference).first()
    if agreed is None:
        return False
    counted = False
    if visitor_agreed(agreed.visitor):
        once = transaction_of(reference)
        event = {"visitor": agreed.visitor, "name": EventName.PURCHASE, "at": at,
                 "facts": {**facts, "transaction": once}}  # fmt: skip
        counted = AnalyticsEvent.objects.get_or_create(once_key=once, defaults=event)[1]
    agreed.delete()
    return counted
