"""Refunds: of captured payments by the merchant, of uncaptured ones by the gateway."""

import json
import re
from dataclasses import dataclass
from typing import Any

from . import checks
from .account import Account, Payment, Refund
from .currencies import minimum_of
from .errors import ApiError

KEY = re.compile(r"[A-Za-z0-9_-]{10,}")
INSTANT_FAILURE_AMOUNT = 2468


@dataclass
class RefundKey:
    """What an idempotency key stands for. `running` until its first answer was given."""

    fingerprint: str
    refund: Refund | None = None
    running: bool = True


def claim_key(account: Account, key: str | None, payment_id: str, data: dict[str, Any]) -> RefundKey | None:
    """Return the key's entry, with its refund if it has one. 409 while running or for another body."""
    if key is None:
        return None
    if not KEY.fullmatch(key):
        raise ApiError("The idempotency key must be 10 or more of A-Z a-z 0-9 _ -", reason="NA")
    fingerprint = payment_id + json.dumps(data, sort_keys=True)
    entry = account.refund_keys.get(key)
    if entry is None:
        return RefundKey(fingerprint)
    if entry.fingerprint != fingerprint:
        raise ApiError("Different request body sent for the same idempotency key", status=409, reason="NA")
    if entry.running:
        raise ApiError("Another request with this idempotency key is in progress", status=409, reason="NA")
    return entry


def refund_payment(account: Account, payment_id: str, data: dict[str, Any]) -> Refund:
    """Refund a captured payment; without `amount`, all that is left of it."""
    payment = account.find_payment(payment_id)
    checks.refuse_extra(data, ("amount", "speed", "notes", "receipt"))
    speed = checks.check_choice(data, "speed", ("normal", "optimum"), "normal")
    notes = checks.check_notes(data)
    receipt = checks.check_receipt(data)
    amount = _check_refundable(account, payment, data, speed)
    refund = _make_refund(account, payment, amount, speed=speed, notes=notes, receipt=receipt)
    _add_refunded(payment, amount)
    account.record(payment, "refunded", amount)
    if account.switches.balance is not None:
        account.switches.balance -= amount
    _announce(account, refund)
    return refund


def _check_refundable(account: Account, payment: Payment, data: dict[str, Any], speed: str) -> int:
    entity = payment.entity
    if not entity["captured"]:
        raise ApiError("Only captured payments can be refunded", reason="NA")
    left = entity["amount"] - entity["amount_refunded"]
    if left == 0:
        raise ApiError("The payment has been fully refunded already", reason="NA")
    smallest = 1 if speed == "optimum" else minimum_of(entity["currency"])
    amount = checks.check_amount({"amount": left} | data, entity["currency"], smallest=smallest)
    if amount > left:
        raise ApiError("The refund amount provided is greater than amount captured", field="amount")
    if account.switches.balance is not None and amount > account.switches.balance:
        raise ApiError("Your account does not have enough balance to carry out the refund", reason="NA")
    return amount


def _make_refund(
    account: Account,
    payment: Payment,
    amount: int,
    *,
    speed: str = "normal",
    notes: dict[str, str] | None = None,
    receipt: str | None = None,
    of_capture: bool = True,
) -> Refund:
    entity = {
        "id": account.make_id("rfnd"),
        "entity": "refund",
        "amount": amount,
        "currency": payment.entity["currency"],
        "payment_id": payment.entity["id"],
        "notes": checks.shape_notes(notes or {}),
        "receipt": receipt,
        "acquirer_data": {"arn": None},
        "created_at": account.clock.now(),
        "batch_id": None,
        "status": "pending",
        "speed_requested": speed,
        "speed_processed": "instant" if speed == "optimum" else "normal",
        **account.switches.entity_extra,
    }
    refund = Refund(entity=entity, payment=payment, of_capture=of_capture)
    account.refunds[entity["id"]] = refund
    payment.refunds.append(refund)
    return refund


def _announce(account: Account, refund: Refund) -> None:
    """Tell of a new refund, and finish it now or when the account says so."""
    entity = refund.entity
    at_once = account.switches.refund_mode == "processed"
    if at_once:
        entity["status"] = "processed"
    _emit(account, "refund.created", refund)
    if entity["speed_processed"] == "instant" and entity["amount"] == INSTANT_FAILURE_AMOUNT:
        entity["speed_processed"] = "normal"
        _emit(account, "refund.speed_changed", refund)
    if at_once:
        _emit(account, "refund.processed", refund)
    else:
        account.call_in(account.switches.refund_takes, lambda: process_refund(account, refund))


def process_refund(account: Account, refund: Refund) -> None:
    """Let a pending refund reach the customer; nothing in any other state."""
    if refund.entity["status"] == "pending":
        refund.entity.update(status="processed", acquirer_data={"arn": refund.entity["id"][-10:]})
        _emit(account, "refund.processed", refund)


def fail_refund(account: Account, refund: Refund) -> None:
    """Fail a refund, also one reported as processed; its amount can be refunded again."""
    if refund.entity["status"] == "failed":
        return
    refund.entity["status"] = "failed"
    if account.switches.failed_refund_restores and refund.of_capture:
        _add_refunded(refund.payment, -refund.entity["amount"])
        account.record(refund.payment, "restored", refund.entity["amount"])
        if account.switches.balance is not None:
            account.switches.balance += refund.entity["amount"]
    _emit(account, "refund.failed", refund)


def return_uncaptured(account: Account, payment: Payment) -> None:
    """Give an authorization back to the customer: the gateway's own doing, the order is untouched."""
    amount = payment.entity["amount"]
    refund = _make_refund(account, payment, amount, of_capture=False)
    _add_refunded(payment, amount)
    account.record(payment, "returned", amount)
    _announce(account, refund)


def _add_refunded(payment: Payment, amount: int) -> None:
    """Keep sum and states together: `refunded` only when nothing is left."""
    entity = payment.entity
    entity["amount_refunded"] += amount
    full = entity["amount_refunded"] == entity["amount"]
    entity["refund_status"] = "full" if full else "partial" if entity["amount_refunded"] else None
    entity["status"] = "refunded" if full else "captured"


def _emit(account: Account, event: str, refund: Refund) -> None:
    account.outbox.emit(event, refund=refund.entity, payment=refund.payment.entity)


def list_refunds(payment: Payment, query: dict[str, str]) -> dict[str, Any]:
    return checks.list_page([refund.entity for refund in payment.refunds], query)
