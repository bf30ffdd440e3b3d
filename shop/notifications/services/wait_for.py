from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from shop.accounts.models import User
from shop.core import limits
from shop.core.errors import Invalid
from shop.notifications.models import StockAlert

ASKED_FOR_ADDRESS = limits.Limit("stock_alerts", 20, 3600)  # whoever knows an address may not flood it


def wait_for(
    *, kind: str, reference: str, at: datetime, locale: str, user: User | None = None, email: str = ""
) -> StockAlert:  # fmt: skip
    """Somebody wants to be told once of `reference`. An account is told at its own address. The same person again is
    the same wish. Raises Invalid without an address, TooMany."""
    email = user.email if user else email.strip()
    if not email:
        raise Invalid(errors={"email": [_("Tell us the address to write to.")]})
    limits.count(ASKED_FOR_ADDRESS, email.lower())
    facts = {"kind": kind, "reference": reference, "ended_at": None}
    alert = StockAlert(**facts, user=user, email=email, locale=locale, created_at=at)
    StockAlert.objects.bulk_create([alert], ignore_conflicts=True)
    return StockAlert.objects.filter(**facts, email__iexact=email).first() or alert
