from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class CourierReported(Event):
    """A courier told something of a parcel. `at` is ISO 8601; `collected` None when not told."""

    name: ClassVar[str] = "courier.reported"
    courier: str
    event_id: str
    parcel_key: str
    status: str
    text: str
    place: str
    collected: bool | None
    at: str
