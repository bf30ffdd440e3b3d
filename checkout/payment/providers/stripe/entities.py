"""Stripe's objects in words of the shop. Unknown fields are ignored; what is needed must be there and sane."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from checkout.payment.errors import GatewayAnswerWrong
from checkout.payment.ports import (
    DisputeState,
    GatewayDispute,
    GatewayOrder,
    GatewayPayment,
    GatewayRefund,
    RefundState,
    Seen,
)
from checkout.payment.providers.stripe.amounts import from_stripe
from checkout.payment.providers.stripe.client import wrong
from checkout.payment.providers.stripe.ids import checked_id

STATES = {
    "requires_confirmation": Seen.WAITING,
    "requires_action": Seen.WAITING,
    "processing": Seen.WAITING,
    "requires_capture": Seen.AUTHORIZED,
    "succeeded": Seen.CAPTURED,
    "canceled": Seen.RETURNED,
}
REFUND_STATES = {
    "pending": RefundState.PENDING,
    "requires_action": RefundState.PENDING,
    "succeeded": RefundState.PROCESSED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
DISPUTE_STATES = {
    "needs_response": DisputeState.OPEN,
    "warning_needs_response": DisputeState.OPEN,
    "under_review": DisputeState.UNDER_REVIEW,
    "warning_under_review": DisputeState.UNDER_REVIEW,
    "won": DisputeState.WON,
    "lost": DisputeState.LOST,
    "warning_closed": DisputeState.CLOSED,
    "prevented": DisputeState.CLOSED,
}
HAS_MONEY = ("needs_response", "under_review", "lost")  # a warning takes nothing


def read_session(raw: Mapping[str, Any]) -> GatewayOrder:
    if raw.get("status") not in ("open", "complete", "expired"):
        raise wrong("session status", raw.get("status"))
    return GatewayOrder(
        id=checked_id("cs", raw.get("id")),
        receipt=str(raw.get("client_reference_id") or ""),
        amount=from_stripe(raw.get("amount_total"), raw.get("currency")),
        is_paid=raw.get("payment_status") == "paid",
        has_offer=False,
        is_over=_is_over(raw),
    )


def _is_over(raw: Mapping[str, Any]) -> bool:
    """Expired, or completed with a payment that the bank refused days later."""
    if raw.get("status") == "open" or raw.get("payment_status") == "paid":
        return False
    intent = raw.get("payment_intent")
    refused = isinstance(intent, dict) and _state(intent) in (Seen.FAILED, Seen.RETURNED)
    return raw.get("status") == "expired" or refused


def read_payment(session: Mapping[str, Any]) -> GatewayPayment | None:
    """The payment of a session that was fetched with its intent and charge inside; None before the first attempt."""
    intent = session.get("payment_intent")
    if intent is None:
        return None
    if not isinstance(intent, dict):
        raise wrong("payment intent", intent)
    charge = intent.get("latest_charge")
    charge = charge if isinstance(charge, dict) else {}
    state = _state(intent)
    taken = state is Seen.CAPTURED
    return GatewayPayment(
        id=checked_id("pi", intent.get("id")),
        order_id=checked_id("cs", session.get("id")),
        amount=from_stripe(intent.get("amount_received" if taken else "amount"), intent.get("currency")),
        state=state,
        method=_method(charge),
        refunded=from_stripe(charge.get("amount_refunded") or 0, intent.get("currency")).minor,
        error=_error(intent) if state in (Seen.FAILED, Seen.RETURNED) else "",
        fee=_fee(charge, intent.get("currency")) if taken else 0,
    )


def _state(intent: Mapping[str, Any]) -> Seen:
    status = intent.get("status")
    if status == "requires_payment_method":
        return Seen.FAILED if intent.get("last_payment_error") else Seen.WAITING
    if status not in STATES:
        raise wrong("payment status", status)
    return STATES[status]


def _fee(charge: Mapping[str, Any], currency: Any) -> int:
    """0 while Stripe has not booked the charge, where it settles in another currency than the buyer paid in, and for
    what is no whole amount: the payment counts all the same."""
    booked = charge.get("balance_transaction")
    if not isinstance(booked, dict) or booked.get("currency") != currency:
        return 0
    with suppress(GatewayAnswerWrong):
        return from_stripe(booked.get("fee") or 0, currency).minor
    return 0


def _method(charge: Mapping[str, Any]) -> str:
    details = charge.get("payment_method_details")
    return str(details.get("type") or "")[:20] if isinstance(details, dict) else ""


def _error(intent: Mapping[str, Any]) -> str:
    error = intent.get("last_payment_error")
    error = error if isinstance(error, dict) else {}
    words = (error.get("decline_code"), error.get("code"), intent.get("cancellation_reason"))
    return next((str(word)[:255] for word in words if word), "")


def read_refund(raw: Mapping[str, Any]) -> GatewayRefund:
    if raw.get("status") not in REFUND_STATES:
        raise wrong("refund status", raw.get("status"))
    metadata = raw.get("metadata")
    return GatewayRefund(
        id=checked_id("re", raw.get("id")),
        payment_id=checked_id("pi", raw.get("payment_intent")),
        receipt=str(metadata.get("receipt") or "") if isinstance(metadata, dict) else "",
        amount=from_stripe(raw.get("amount"), raw.get("currency")),
        state=REFUND_STATES[raw["status"]],
    )


def read_dispute(raw: Mapping[str, Any]) -> GatewayDispute:
    if raw.get("status") not in DISPUTE_STATES:
        raise wrong("dispute status", raw.get("status"))
    amount = from_stripe(raw.get("amount"), raw.get("currency"))
    details = raw.get("evidence_details")
    respond_by = details.get("due_by") if isinstance(details, dict) else None
    return GatewayDispute(
        id=checked_id("dp", raw.get("id")),
        payment_id=checked_id("pi", raw.get("payment_intent")),
        amount=amount,
        deducted=amount.minor if raw["status"] in HAS_MONEY else 0,
        state=DISPUTE_STATES[raw["status"]],
        phase="warning" if raw["status"].startswith("warning") else "chargeback",
        reason=str(raw.get("reason") or "")[:100],
        respond_by=datetime.fromtimestamp(respond_by, UTC) if isinstance(respond_by, int) else None,
    )


def read_items(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = raw.get("data")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise wrong("list", type(items).__name__)
    return items
