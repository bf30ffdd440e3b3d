"""The gateway's entities in words of the shop. Unknown fields are ignored; what is needed must be there and sane."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from checkout.payment.ports import (
    DisputeState,
    GatewayDispute,
    GatewayOrder,
    GatewayPayment,
    GatewayRefund,
    RefundState,
    Seen,
)
from checkout.payment.providers.razorpay.client import checked_id, wrong
from shop.core.money import Money

STATES = {
    "created": Seen.WAITING,
    "authorized": Seen.AUTHORIZED,
    "captured": Seen.CAPTURED,
    "failed": Seen.FAILED,
}


def read_order(raw: Mapping[str, Any]) -> GatewayOrder:
    return GatewayOrder(
        id=checked_id("order", raw.get("id")),
        receipt=str(raw.get("receipt") or ""),
        amount=_money(raw),
        is_paid=raw.get("status") == "paid",
        has_offer=bool(raw.get("offer_id") or raw.get("offers")),
    )


def read_payment(raw: Mapping[str, Any]) -> GatewayPayment:
    return GatewayPayment(
        id=checked_id("pay", raw.get("id")),
        order_id=str(raw.get("order_id") or ""),
        amount=_money(raw),
        state=_state(raw),
        method=str(raw.get("method") or "")[:20],
        refunded=_amount(raw, "amount_refunded", default=0),
        error=str(raw.get("error_reason") or raw.get("error_description") or "")[:255],
        fee=_amount(raw, "fee", default=0),
    )


def _state(raw: Mapping[str, Any]) -> Seen:
    if raw.get("status") == "refunded":
        return Seen.CAPTURED if raw.get("captured") else Seen.RETURNED
    if raw.get("status") not in STATES:
        raise wrong("payment status", raw.get("status"))
    return STATES[raw["status"]]


def read_refund(raw: Mapping[str, Any]) -> GatewayRefund:
    if raw.get("status") not in set(RefundState):
        raise wrong("refund status", raw.get("status"))
    return GatewayRefund(
        id=checked_id("rfnd", raw.get("id")),
        payment_id=checked_id("pay", raw.get("payment_id")),
        receipt=str(raw.get("receipt") or ""),
        amount=_money(raw),
        state=RefundState(raw["status"]),
    )


def read_dispute(raw: Mapping[str, Any]) -> GatewayDispute:
    if raw.get("status") not in set(DisputeState):
        raise wrong("dispute status", raw.get("status"))
    respond_by = _amount(raw, "respond_by", default=0)
    return GatewayDispute(
        id=checked_id("disp", raw.get("id")),
        payment_id=checked_id("pay", raw.get("payment_id")),
        amount=_money(raw),
        deducted=_amount(raw, "amount_deducted", default=0),
        state=DisputeState(raw["status"]),
        phase=str(raw.get("phase") or "")[:20],
        reason=str(raw.get("reason_code") or "")[:100],
        respond_by=datetime.fromtimestamp(respond_by, UTC) if respond_by else None,
    )


def read_items(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = raw.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise wrong("collection", type(items).__name__)
    return items


def _money(raw: Mapping[str, Any]) -> Money:
    currency = raw.get("currency")
    if not isinstance(currency, str) or len(currency) != 3:
        raise wrong("currency", currency)
    return Money(_amount(raw, "amount"), currency)


def _amount(raw: Mapping[str, Any], field: str, *, default: int | None = None) -> int:
    value = raw.get(field, default)
    if value is None:
        value = default
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise wrong(field, value)
    return value
