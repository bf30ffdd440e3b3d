"""The "gateway" is a statement: a JSON file that a bank writes, `{orders: {id: …}, payments: {id: …}, refunds: {id: …}}`."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from checkout.payment.errors import BadMessage, BadSignature, GatewayRefused, GatewayUnavailable
from checkout.payment.ports import (
    GatewayDispute,
    GatewayMessage,
    GatewayOrder,
    GatewayPayment,
    GatewayRefund,
    RefundState,
    Seen,
)
from shop.core.db import forbid_in_transaction
from shop.core.money import Money


class Transfer:
    code = "transfer"
    order_lives = None

    def create_order(self, *, receipt: str, amount: Money, notes: Mapping[str, str]) -> GatewayOrder:
        statement = _read()
        statement["orders"].setdefault(receipt, {"amount": amount.minor, "currency": amount.currency})
        _write(statement)
        return self.fetch_order(receipt)

    def find_order(self, *, receipt: str, amount: Money) -> GatewayOrder | None:
        return self.fetch_order(receipt) if receipt in _read()["orders"] else None

    def fetch_order(self, order_id: str) -> GatewayOrder:
        raw = _one("orders", order_id)
        is_paid = any(item["order"] == order_id for item in _read()["payments"].values())
        return GatewayOrder(order_id, order_id, Money(raw["amount"], raw["currency"]), is_paid, has_offer=False)

    def fetch_payment(self, payment_id: str) -> GatewayPayment:
        raw = _one("payments", payment_id)
        refunded = sum(refund.amount.minor for refund in self.refunds_of(payment_id))
        money = Money(raw["amount"], raw["currency"])
        return GatewayPayment(payment_id, raw["order"], money, Seen.CAPTURED, "transfer", refunded, "")

    def payments_of(self, order_id: str) -> list[GatewayPayment]:
        return [self.fetch_payment(key) for key, raw in _read()["payments"].items() if raw["order"] == order_id]

    def capture(self, payment: GatewayPayment) -> GatewayPayment:
        return payment  # what arrives is ours

    def close_order(self, order_id: str) -> None:
        """Nobody can be kept from sending money to an account."""

    def refund(self, *, payment_id: str, amount: Money, key: str) -> GatewayRefund:
        statement = _read()
        row = {"payment": payment_id, "amount": amount.minor, "currency": amount.currency}
        statement["refunds"].setdefault(key, row)
        _write(statement)
        return self.fetch_refund(key)

    def fetch_refund(self, refund_id: str) -> GatewayRefund:
        raw = _one("refunds", refund_id)
        money = Money(raw["amount"], raw["currency"])
        return GatewayRefund(refund_id, raw["payment"], refund_id, money, RefundState.PROCESSED)

    def refunds_of(self, payment_id: str) -> list[GatewayRefund]:
        return [self.fetch_refund(key) for key, raw in _read()["refunds"].items() if raw["payment"] == payment_id]

    def fetch_dispute(self, dispute_id: str) -> GatewayDispute:
        raise GatewayRefused("A transfer is not disputed.", status=404, reason="no_dispute")

    def is_return_signed(self, *, order_id: str, payment_id: str, signature: str) -> bool:
        return self.is_payment_id(payment_id)  # nothing is believed that the statement does not say

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> GatewayMessage:
        wanted = hmac.new(settings.TRANSFER_HOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()
        if not settings.TRANSFER_HOOK_SECRET or not hmac.compare_digest(wanted, headers.get("X-Signature", "")):
            raise BadSignature
        return self.reread_webhook(body.decode())

    def reread_webhook(self, body: str) -> GatewayMessage:
        try:
            message = json.loads(body)
            return GatewayMessage(message["id"], "transfer.arrived", message["order"], message["payment"], "")
        except (ValueError, KeyError, TypeError):
            raise BadMessage from None

    def is_payment_id(self, text: str) -> bool:
        return text.startswith("utr-")

    def checkout_options(self, *, order_id: str, amount: Money) -> dict[str, Any]:
        return {"redirect_url": f"https://bank.example/?to={settings.TRANSFER_ACCOUNT}&text={order_id}"}


def _read() -> dict[str, Any]:
    forbid_in_transaction("transfer")
    try:
        return json.loads(Path(settings.TRANSFER_STATEMENT).read_text())
    except (OSError, ValueError) as error:
        raise GatewayUnavailable from error


def _write(statement: dict[str, Any]) -> None:
    Path(settings.TRANSFER_STATEMENT).write_text(json.dumps(statement))


def _one(kind: str, key: str) -> dict[str, Any]:
    if key not in _read()[kind]:
        raise GatewayRefused(f"The statement has no {key}.", status=404, reason="missing")
    return _read()[kind][key]
