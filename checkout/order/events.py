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
    """`payment_id` is 0 where store credit paid for all of it."""

    name: ClassVar[str] = "order.paid"
    order_id: int
    payment_id: int


@dataclass(frozen=True)
class OrderShipped(Event):
    """A parcel has left: once per parcel."""

    name: ClassVar[str] = "order.shipped"
    order_id: int
    fulfillment_id: int


@dataclass(frozen=True)
class OutForDelivery(Event):
    """The rider has the parcel."""

    name: ClassVar[str] = "fulfillment.out_for_delivery"
    order_id: int
    fulfillment_id: int


@dataclass(frozen=True)
class OrderDelivered(Event):
    """All of it has arrived."""

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


@dataclass(frozen=True)
class AddressChanged(Event):
    name: ClassVar[str] = "order.address_changed"
    order_id: int


@dataclass(frozen=True)
class OrderHeld(Event):
    """Something about it is odd: it does not ship until staff let it go."""

    name: ClassVar[str] = "order.held"
    order_id: int
    reason: str


@dataclass(frozen=True)
class OrderReleased(Event):
    name: ClassVar[str] = "order.released"
    order_id: int


@dataclass(frozen=True)
class CashConfirmed(Event):
    """The buyer of a cash order typed the code."""

    name: ClassVar[str] = "order.confirmed"
    order_id: int


@dataclass(frozen=True)
class ExchangePrepared(Event):
    """A return was approved, and what is sent instead is an order of its own: `replacement_id`. It waits for the return."""

    name: ClassVar[str] = "exchange.prepared"
    order_id: int
    return_id: int
    replacement_id: int


@dataclass(frozen=True)
class ExchangeReleased(Event):
    """The return came back: what is sent instead is packed."""

    name: ClassVar[str] = "exchange.released"
    order_id: int
    return_id: int
    replacement_id: int


@dataclass(frozen=True)
class ReturnRequested(Event):
    name: ClassVar[str] = "return.requested"
    order_id: int
    return_id: int


@dataclass(frozen=True)
class ReturnApproved(Event):
    name: ClassVar[str] = "return.approved"
    order_id: int
    return_id: int


@dataclass(frozen=True)
class ReturnRejected(Event):
    name: ClassVar[str] = "return.rejected"
    order_id: int
    return_id: int


@dataclass(frozen=True)
class ReturnReceived(Event):
    name: ClassVar[str] = "return.received"
    order_id: int
    return_id: int


@dataclass(frozen=True)
class ReturnRefunded(Event):
    """The money of a return has reached the buyer. `amount` in minor units."""

    name: ClassVar[str] = "return.refunded"
    order_id: int
    return_id: int
    amount: int
    currency: str
