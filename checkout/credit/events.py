"""What this room tells. `about` names what it was for (`order:42`), or is empty; amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class StoreCreditGranted(Event):
    """A person got store credit: a refund (`granted_refund`), or a gift of the shop (`granted_by_staff`)."""

    name: ClassVar[str] = "store_credit.granted"
    entry_id: int
    user_id: int
    amount: int
    currency: str
    kind: str
    about: str


@dataclass(frozen=True)
class StoreCreditSpent(Event):
    """Store credit pays for an order, or for a part of it."""

    name: ClassVar[str] = "store_credit.spent"
    entry_id: int
    user_id: int
    amount: int
    currency: str
    about: str


@dataclass(frozen=True)
class StoreCreditReturned(Event):
    """What was spent on an order is the buyer's again: it was cancelled, or pieces came back."""

    name: ClassVar[str] = "store_credit.returned"
    entry_id: int
    user_id: int
    amount: int
    currency: str
    about: str
