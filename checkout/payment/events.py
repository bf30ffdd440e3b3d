"""What this room tells. `reference` is what the payment was started for; amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class PaymentAuthorized(Event):
    name: ClassVar[str] = "payment.authorized"
    payment_id: int
    reference: str
    amount: int
    currency: str


@dataclass(frozen=True)
class PaymentCaptured(Event):
    """Money is ours: once per payment. `amount` may be another than was asked for; then it has to go back."""

    name: ClassVar[str] = "payment.captured"
    payment_id: int
    reference: str
    amount: int
    currency: str


@dataclass(frozen=True)
class PaymentFailed(Event):
    """An attempt failed at the gateway. The reference stays payable."""

    name: ClassVar[str] = "payment.failed"
    payment_id: int
    reference: str
    error: str


@dataclass(frozen=True)
class PaymentRefunded(Event):
    """A refund reached the customer (never told earlier). `is_full`: nothing is left of the payment. `to`: the source, or
    store_credit."""

    name: ClassVar[str] = "payment.refunded"
    payment_id: int
    refund_id: int
    reference: str
    amount: int
    currency: str
    is_full: bool
    to: str = "source"


@dataclass(frozen=True)
class RefundFailed(Event):
    """A refund did not reach the customer: somebody has to look, its amount can be refunded again."""

    name: ClassVar[str] = "payment.refund_failed"
    payment_id: int
    refund_id: int
    reference: str
    amount: int
    currency: str
    error: str


@dataclass(frozen=True)
class PaymentDisputed(Event):
    """A buyer asked the bank for the money back; somebody has to answer. No money has to have moved yet."""

    name: ClassVar[str] = "payment.disputed"
    payment_id: int
    dispute_id: int
    reference: str
    amount: int
    currency: str
    reason: str


@dataclass(frozen=True)
class DisputeClosed(Event):
    """`status`: won, lost (the money is gone without a refund) or closed."""

    name: ClassVar[str] = "payment.dispute_closed"
    payment_id: int
    dispute_id: int
    reference: str
    amount: int
    currency: str
    status: str
