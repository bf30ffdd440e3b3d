"""What a payment provider must be able to do, in words of the shop. All amounts in minor units.

Every method talks to the outside: none may be called in a transaction. Every method raises GatewayUnavailable when
the outcome is unknown, GatewayRefused when the gateway said no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from shop.core.money import Money


class Seen(StrEnum):
    """The state of a payment at the gateway."""

    WAITING = "waiting"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"  # also after refunds: the money came
    FAILED = "failed"
    RETURNED = "returned"  # authorized, never captured, given back by the gateway


@dataclass(frozen=True, slots=True)
class GatewayOrder:
    id: str
    receipt: str
    amount: Money
    is_paid: bool
    has_offer: bool
    is_over: bool = False  # unpaid, and nothing can be paid on it any more


@dataclass(frozen=True, slots=True)
class GatewayPayment:
    id: str
    order_id: str
    amount: Money
    state: Seen
    method: str
    refunded: int
    error: str
    fee: int = 0  # what the gateway keeps of it, its tax included; 0 while it does not say


class RefundState(StrEnum):
    PENDING = "pending"
    PROCESSED = "processed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class GatewayRefund:
    id: str
    payment_id: str
    receipt: str
    amount: Money
    state: RefundState


class DisputeState(StrEnum):
    OPEN = "open"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"  # without a loser: a question that was answered


@dataclass(frozen=True, slots=True)
class GatewayDispute:
    """`deducted` is what the gateway has taken from us for it, at this moment, in minor units."""

    id: str
    payment_id: str
    amount: Money
    deducted: int
    state: DisputeState
    phase: str
    reason: str
    respond_by: datetime | None


@dataclass(frozen=True, slots=True)
class GatewayMessage:
    """A webhook. The ids say what to ask the gateway about; nothing else of it is believed."""

    event_id: str
    name: str
    order_id: str
    payment_id: str
    refund_id: str
    dispute_id: str = ""


class Provider(Protocol):
    code: str

    def refund(self, *, payment_id: str, amount: Money, key: str) -> GatewayRefund:
        """Give money back. The same key and amount again is the same refund."""
        ...


class Gateway(Provider, Protocol):
    # How long after its start an unpaid order can be handed to a customer; None for ever.
    order_lives: timedelta | None

    def create_order(self, *, receipt: str, amount: Money, notes: Mapping[str, str]) -> GatewayOrder: ...

    def find_order(self, *, receipt: str, amount: Money) -> GatewayOrder | None:
        """The order whose create-answer was lost."""
        ...

    def fetch_order(self, order_id: str) -> GatewayOrder: ...

    def fetch_payment(self, payment_id: str) -> GatewayPayment: ...

    def payments_of(self, order_id: str) -> Sequence[GatewayPayment]:
        """All attempts, failed ones too, the oldest first."""
        ...

    def capture(self, payment: GatewayPayment) -> GatewayPayment:
        """Take the money of an authorized payment. Returns it as it stands afterwards, whoever captured it."""
        ...

    def close_order(self, order_id: str) -> None:
        """Let nobody pay on it any more, where the gateway can do that; else nothing. Raises GatewayRefused when it is over
        or paid already."""
        ...

    def fetch_refund(self, refund_id: str) -> GatewayRefund: ...

    def refunds_of(self, payment_id: str) -> Sequence[GatewayRefund]: ...

    def fetch_dispute(self, dispute_id: str) -> GatewayDispute: ...

    def is_return_signed(self, *, order_id: str, payment_id: str, signature: str) -> bool:
        """Whether the gateway signed that this payment belongs to this order. `order_id` must be from our database."""
        ...

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> GatewayMessage:
        """Raises BadSignature, BadMessage."""
        ...

    def reread_webhook(self, body: str) -> GatewayMessage:
        """A stored message that was verified when it came."""
        ...

    def is_payment_id(self, text: str) -> bool: ...

    def checkout_options(self, *, order_id: str, amount: Money) -> dict[str, Any]:
        """What the browser needs to open the gateway's checkout, or `redirect_url`, its own page. Holds no secret.

        Raises AlreadyPaid, GatewayOrderClosed.
        """
        ...
