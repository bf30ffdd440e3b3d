"""Refunds: in parts or whole, at once or after days, and those that the bank sends back."""

from typing import Any

from . import checks
from .account import Account, Intent, Refund
from .errors import ApiError

FIELDS = ("payment_intent", "charge", "amount", "reason", "metadata", "expand")
REASONS = ("duplicate", "fraudulent", "requested_by_customer", "")
DEAD = ("failed", "canceled")


def refund_by_call(account: Account, data: dict[str, Any]) -> dict[str, Any]:
    """Refund a captured payment; without `amount`, all that is left of it."""
    checks.refuse_extra(data, FIELDS)
    checks.check_choice(data, "reason", REASONS, "")
    metadata = checks.check_metadata(data)
    intent = _find_intent(account, data)
    amount = _check_amount(account, intent, data)
    entity = {
        "id": account.make_id("re"),
        "object": "refund",
        "amount": amount,
        "charge": intent.entity["latest_charge"],
        "created": account.clock.now(),
        "currency": intent.entity["currency"],
        "failure_reason": None,
        "metadata": metadata,
        "payment_intent": intent.entity["id"],
        "reason": data.get("reason") or None,
        "status": "pending",
        **account.switches.entity_extra,
    }
    refund = Refund(entity, intent)
    account.refunds[entity["id"]] = refund
    intent.refunds.append(refund)
    _move(account, intent, amount, "refunded")
    at_once = account.switches.refund_mode == "succeeded"
    if at_once:
        entity["status"] = "succeeded"
    account.outbox.emit("refund.created", entity)
    account.outbox.emit("charge.refunded", intent.charge or {})
    if not at_once:
        account.call_in(account.switches.refund_takes, lambda: finish_refund(account, refund))
    return entity


def _find_intent(account: Account, data: dict[str, Any]) -> Intent:
    if data.get("charge"):
        return account.find_intent(account.find_charge(str(data["charge"]))["payment_intent"])
    return account.find_intent(checks.check_text(data, "payment_intent", needed=True) or "")


def _check_amount(account: Account, intent: Intent, data: dict[str, Any]) -> int:
    charge = intent.charge
    if intent.entity["status"] != "succeeded" or charge is None:
        raise ApiError("This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left == 0:
        raise ApiError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if charge["disputed"]:
        raise ApiError("This charge is disputed.", code="charge_disputed")
    amount = checks.check_integer(data, "amount") if "amount" in data else left
    if not 0 < amount <= left:
        raise ApiError("Refund amount is greater than unrefunded amount on charge.", param="amount")
    if account.switches.balance is not None and amount > account.switches.balance:
        raise ApiError("Insufficient funds in your Stripe balance to refund this amount.", code="balance_insufficient")
    return amount


def _move(account: Account, intent: Intent, amount: int, kind: str) -> None:
    """Keep charge, journal and balance together; `restored` takes a refund back."""
    signed = amount if kind == "refunded" else -amount
    if intent.charge:
        intent.charge["amount_refunded"] += signed
        intent.charge["refunded"] = intent.charge["amount_refunded"] == intent.charge["amount_captured"]
    account.record(intent, kind, amount)
    if account.switches.balance is not None:
        account.switches.balance -= signed


def finish_refund(account: Account, refund: Refund) -> None:
    if refund.entity["status"] == "pending":
        refund.entity["status"] = "succeeded"
        account.outbox.emit("refund.updated", refund.entity)


def fail_refund(account: Account, refund: Refund) -> None:
    """Fail a refund, also one that had succeeded; its amount can be refunded again."""
    if refund.entity["status"] in DEAD:
        return
    refund.entity.update(status="failed", failure_reason="lost_or_stolen_card")
    _move(account, refund.intent, refund.entity["amount"], "restored")
    account.outbox.emit("refund.failed", refund.entity)
    account.outbox.emit("refund.updated", refund.entity)


def list_refunds(account: Account, query: dict[str, Any]) -> dict[str, Any]:
    checks.refuse_extra(query, ("limit", "starting_after", "created", "payment_intent", "charge", "expand"))
    wanted = [
        refund.entity
        for refund in account.refunds.values()
        if query.get("payment_intent") in (None, refund.entity["payment_intent"])
        and query.get("charge") in (None, refund.entity["charge"])
    ]
    return checks.list_page(wanted, query, "/v1/refunds")
