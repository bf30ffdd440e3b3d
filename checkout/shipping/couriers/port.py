"""What a courier must be able to do, in words of the shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shop.core.money import Money

# What a report may say of a parcel; everything else is news without a status.
WORDS = ("in_transit", "out_for_delivery", "delivered", "refused")


@dataclass(frozen=True, slots=True)
class Piece:
    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """`key` names it for good: the courier tells it back, and booking the same key again is the same booking."""

    key: str
    number: str
    to: Mapping[str, str]
    pieces: Sequence[Piece]
    cash: Money | None  # to collect at the door


@dataclass(frozen=True, slots=True)
class Booking:
    tracking_number: str
    tracking_url: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a courier tells of one parcel. `status` is one of WORDS, or empty; `collected` None when not told."""

    event_id: str
    parcel_key: str
    status: str
    text: str
    place: str
    collected: bool | None
    at: datetime


class Courier(Protocol):
    code: str
    takes_bookings: bool

    @property
    def name(self) -> str:
        """What buyers read."""
        ...

    def book(self, parcel: Parcel) -> Booking:
        """Talks to the outside: not in a transaction. Raises CourierUnavailable (the outcome is unknown: ask again),
        CourierRefused."""
        ...

    def read_report(self, body: bytes, headers: Mapping[str, str]) -> Report:
        """Raises BadCourierSignature, BadCourierMessage."""
        ...
