"""Disputes: the bank takes the money back until they are won."""

from typing import Any

from . import checks
from .account import Account, Intent
from .errors import ApiError


def open_dispute(account: Account, intent: Intent, reason: str) -> dict[str, Any]:
    charge = intent.charge
    if intent.entity["status"] != "succeeded" or charge is None or charge["disputed"]:
        raise ApiError("This payment cannot be disputed.")
    amount = charge["amount_captured"] - charge["amount_refunded"]
    dispute = {
        "id": account.make_id("du"),
        "object": "dispute",
        "amount": amount,
        "charge": charge["id"],
        "created": account.clock.now(),
        "currency": charge["currency"],
        "livemode": False,
        "payment_intent": intent.entity["id"],
        "reason": reason,
        "status": "needs_response",
    }
    account.disputes[dispute["id"]] = dispute
    charge["disputed"] = True
    account.record(intent, "disputed", amount)
    account.outbox.emit("charge.dispute.created", dispute)
    account.outbox.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(account: Account, dispute: dict[str, Any], status: str) -> dict[str, Any]:
    """`won`: the money comes again. `lost`: it is gone."""
    if status not in ("won", "lost") or dispute["status"] in ("won", "lost"):
        raise ApiError(f"A dispute cannot go from {dispute['status']} to {status}.", param="status")
    dispute["status"] = status
    if status == "won":
        intent = account.find_intent(dispute["payment_intent"])
        account.record(intent, "won", dispute["amount"])
        account.outbox.emit("charge.dispute.funds_reinstated", dispute)
    account.outbox.emit("charge.dispute.closed", dispute)
    return dispute


def list_disputes(account: Account, query: dict[str, Any]) -> dict[str, Any]:
    checks.refuse_extra(query, ("limit", "starting_after", "created", "payment_intent", "charge", "expand"))
    wanted = [
        dispute
        for dispute in account.disputes.values()
        if query.get("payment_intent") in (None, dispute["payment_intent"])
        and query.get("charge") in (None, dispute["charge"])
    ]
    return checks.list_page(wanted, query, "/v1/disputes")
