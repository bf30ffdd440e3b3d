"""The journal of moved money against the entities: they must tell the same story."""

from typing import Any

from .account import Account, Intent, Session

KINDS = ("captured", "refunded", "restored", "disputed", "won")


def read_ledger(account: Account) -> dict[str, Any]:
    """Return sums per session (and per intent without one) from the journal, and every disagreement."""
    rows = [_read_session(account, session) for session in account.sessions.values()]
    rows += [_read_row(account, intent, "") for intent in account.intents.values() if intent.session is None]
    totals = {name: sum(row[name] for row in rows) for name in ("captured", "refunded", "disputed")}
    return {"orders": rows, **totals, "problems": [problem for row in rows for problem in row["problems"]]}


def _read_session(account: Account, session: Session) -> dict[str, Any]:
    entity = session.entity
    if session.intent is None:
        return {"order_id": entity["id"], "captured": 0, "refunded": 0, "disputed": 0, "problems": []}
    row = _read_row(account, session.intent, entity["id"])
    paid = entity["payment_status"] == "paid"
    if paid != bool(row["captured"]):
        row["problems"].append(f"{entity['id']}: {entity['payment_status']} with {row['captured']} captured")
    if session.intent.entity["amount"] != entity["amount_total"]:
        row["problems"].append(f"{entity['id']}: the intent has another amount")
    return row


def _read_row(account: Account, intent: Intent, session_id: str) -> dict[str, Any]:
    sums = dict.fromkeys(KINDS, 0)
    for entry in account.journal:
        if entry.intent_id == intent.entity["id"]:
            sums[entry.kind] += entry.amount
    refunded, disputed = sums["refunded"] - sums["restored"], sums["disputed"] - sums["won"]
    problems = _check_intent(intent, sums["captured"], refunded)
    return {
        "order_id": session_id or intent.entity["id"],
        "captured": sums["captured"],
        "refunded": refunded,
        "disputed": disputed,
        "problems": problems,
    }


def _check_intent(intent: Intent, captured: int, refunded: int) -> list[str]:
    entity, charge = intent.entity, intent.charge or {}
    live = sum(
        refund.entity["amount"] for refund in intent.refunds if refund.entity["status"] not in ("failed", "canceled")
    )
    rules = {
        "captured as received": captured == entity["amount_received"],
        "received means succeeded": (captured > 0) == (entity["status"] == "succeeded"),
        "refunds as entities": refunded == live,
        "refunds as the charge": refunded == charge.get("amount_refunded", 0),
        "never more back than taken": refunded <= captured,
    }
    return [f"{entity['id']}: broken: {rule}" for rule, holds in rules.items() if not holds]
