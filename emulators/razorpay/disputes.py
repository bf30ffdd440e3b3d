"""Disputes: a buyer asks the bank for the money back. Nothing moves until one is lost."""

from typing import Any

from .account import Account
from .errors import ApiError

PHASES = ("fraud", "retrieval", "chargeback", "pre_arbitration", "arbitration")
OPEN = ("open", "under_review")
EVENTS = {"open": "action_required", "under_review": "under_review", "won": "won", "lost": "lost", "closed": "closed"}
RESPOND_WITHIN_SECONDS = 7 * 86_400


def open_dispute(account: Account, payment_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """`{amount?, phase?, reason_code?, respond_by?}`: of a captured payment; all of it unless an amount is given."""
    payment = account.find_payment(payment_id).entity
    amount, phase = data.get("amount", payment["amount"]), data.get("phase", "chargeback")
    if not payment["captured"]:
        raise ApiError("Only captured payments can be disputed.", field="payment_id")
    if phase not in PHASES:
        raise ApiError(f"No phase {phase}.", field="phase")
    if not isinstance(amount, int) or not 0 < amount <= payment["amount"]:
        raise ApiError("More than was paid cannot be disputed.", field="amount")
    now = account.clock.now()
    entity = {
        "id": account.make_id("disp"),
        "entity": "dispute",
        "payment_id": payment_id,
        "amount": amount,
        "currency": payment["currency"],
        "amount_deducted": 0,
        "reason_code": data.get("reason_code", "goods_not_received"),
        "respond_by": data.get("respond_by", now + RESPOND_WITHIN_SECONDS),
        "status": "open",
        "phase": phase,
        "evidence": {},
        "created_at": now,
        **account.switches.entity_extra,
    }
    account.disputes[entity["id"]] = entity
    _emit(account, "created", entity)
    return entity


def move_dispute(account: Account, dispute_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """`{status}`: the bank decides. Lost: the money is taken from the account, without a refund."""
    entity = account.find_dispute(dispute_id)
    status = data.get("status")
    if entity["status"] not in OPEN or status not in EVENTS:
        raise ApiError(f"A dispute cannot go from {entity['status']} to {status}.", field="status")
    entity["status"] = status
    if status == "lost":
        entity["amount_deducted"] = entity["amount"]
        account.record(account.find_payment(entity["payment_id"]), "disputed", entity["amount"])
        if account.switches.balance is not None:
            account.switches.balance -= entity["amount"]
    _emit(account, EVENTS[status], entity)
    return entity


def _emit(account: Account, what: str, entity: dict[str, Any]) -> None:
    payment = account.find_payment(entity["payment_id"]).entity
    account.outbox.emit(f"payment.dispute.{what}", payment=payment, dispute=entity)
