from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class OrderPlaced(Event):
    """Amounts in minor units."""

    name: ClassVar[str] = "order.placed"
    order_id: int
    number: str
    total: int
    currency: str
    payment_method: str


@dataclass(frozen=True)
class OrderPaid(Event):
    name: ClassVar[str] = "order.paid"
    order_id: int
    payment_id: int


@dataclass(frozen=True)
class OrderShipped(Event):
    name: ClassVar[str] = "order.shipped"
    order_id: int


@dataclass(frozen=True)
class OrderDelivered(Event):
    name: ClassVar[str] = "order.delivered"
    order_id: int


@dataclass(frozen=True)
class OrderCancelled(Event):
    name: ClassVar[str] = "order.cancelled"
    order_id: int
    by_person: bool


@dataclass(frozen=True)
class RefundDue(Event):
    """A captured payment that must go back in full: its order is dead, paid twice, or cannot be served."""

    name: ClassVar[str] = "order.refund_due"
    order_id: int
    payment_id: int
    reason: str
