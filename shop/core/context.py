"""ShopContext: every read of price, tax, stock rules or content says when, and for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class ShopContext:
    """Live traffic uses `at=now`; a preview uses another time or the draft lines of an unpublished campaign."""

    at: datetime
    currency: str
    locale: str
    customer_group: str = ""
    pincode: str = ""
    campaign: int | None = None

    @classmethod
    def now(cls, *, currency: str = "", locale: str = "", **rest) -> Self:
        return cls(
            at=timezone.now(),
            currency=currency or settings.DEFAULT_CURRENCY,
            locale=locale or settings.LANGUAGE_CODE,
            **rest,
        )

    def at_time(self, at: datetime) -> Self:
        return replace(self, at=at)
