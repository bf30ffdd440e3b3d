"""Along which steps a payment moves, when the gateway's word is accepted, and when to ask it again. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from checkout.payment.ports import GatewayOrder, GatewayPayment, Seen
from checkout.payment.statuses import DisputeStatus as D
from checkout.payment.statuses import PaymentStatus as S
from checkout.payment.statuses import RefundStatus as R
from shop.core.money import Money

# Never back: what is late, repeated or out of order changes nothing.
TRANSITIONS: Mapping[str, frozenset[str]] = {
    S.CREATED: frozenset({S.AUTHORIZED, S.PAID, S.FAILED, S.VOID}),
    S.FAILED: frozenset({S.AUTHORIZED, S.PAID}),  # late authorization, or tried again in the customer's app
    S.AUTHORIZED: frozenset({S.PAID, S.FAILED, S.VOID}),  # failed: given back by the gateway, never captured
    S.VOID: frozenset({S.PAID}),  # money that came although nobody waited for it; it goes back
    S.PAID: frozenset({S.REFUNDED}),
    S.REFUNDED: frozenset({S.PAID}),  # the bank sent a refund back
}
REFUND_TRANSITIONS: Mapping[str, frozenset[str]] = {
    R.REQUESTED: frozenset({R.PENDING, R.PROCESSED, R.FAILED}),
    R.PENDING: frozenset({R.PROCESSED, R.FAILED}),
    R.PROCESSED: frozenset({R.FAILED}),  # the bank sent it back
    R.FAILED: frozenset(),
}
DISPUTE_ENDS = frozenset({D.WON, D.LOST, D.CLOSED})
SEEN_AS: Mapping[Seen, str | None] = {
    Seen.WAITING: None,
    Seen.AUTHORIZED: S.AUTHORIZED,
    Seen.CAPTURED: S.PAID,
    Seen.FAILED: S.FAILED,
    Seen.RETURNED: S.FAILED,
}

FIRST_CHECK_AFTER = timedelta(minutes=15)
CAPTURE_AFTER = timedelta(minutes=2)  # the gateway captures by itself first, where it is set to
LONGEST_GAP = timedelta(hours=12)
WATCHED_FOR = timedelta(days=6)  # banks confirm up to 5 days late
REFUND_RETRY_AFTER = timedelta(minutes=2)
REFUND_CHECK_AFTER = timedelta(hours=6)
REFUND_DUE = "refund due"  # the key of the refund that an order asks for


def may_become(now: str, then: str) -> bool:
    return then in TRANSITIONS[now]


def follows(now: str, seen: Seen) -> str | None:
    """The status that a payment takes when the gateway shows it so; None for no change."""
    then = SEEN_AS[seen]
    if then is None or not may_become(now, then):
        return None
    if now == S.AUTHORIZED and seen is Seen.FAILED:
        return None  # an answer from before the authorization
    if now == S.REFUNDED:
        return None  # the money came once; only a failed refund leads back
    return then


def is_what_was_asked(asked: Money, order: GatewayOrder, seen: GatewayPayment) -> bool:
    """Whether a payment pays what was asked: the gateway's order has our amount and currency, and is paid once captured.

    The payment's own amount may be higher by a fee that the customer bears, and lower only by an offer.
    """
    if order.amount != asked or seen.order_id != order.id:
        return False
    if seen.state is Seen.CAPTURED and not order.is_paid:
        return False
    if seen.amount.currency != asked.currency:
        return False
    return seen.amount.minor >= asked.minor or order.has_offer


def next_check(created_at: datetime, at: datetime) -> datetime | None:
    """Growing gaps: after 15 minutes, then each time as long again as it has waited, at most 12 hours, for 6 days."""
    age = at - created_at
    if age > WATCHED_FOR:
        return None
    return at + min(max(age, FIRST_CHECK_AFTER), LONGEST_GAP)


def refund_key(payment_id: int, key: str) -> str:
    """What the gateway accepts as a key and as a receipt: at most 40 of its characters."""
    return f"rfd-{hashlib.sha256(f'{payment_id} {key}'.encode()).hexdigest()[:36]}"
