"""The combined reconciliation: what of this account's money is settled, row by row. T+2, one settlement a day."""

import datetime
import hashlib
from typing import Any

from . import checks
from .account import Account
from .errors import ApiError

SETTLED_AFTER_SECONDS = 2 * 86_400


def report(account: Account, query: dict[str, str]) -> dict[str, Any]:
    """`year`, `month`, optional `day` (UTC) in which it was settled; `count` and `skip` as everywhere."""
    wanted = {name: query.pop(name) for name in ("year", "month", "day") if name in query}
    if not {"year", "month"} <= wanted.keys() or not all(text.isdigit() for text in wanted.values()):
        raise ApiError("The year and month fields are required.", field="year")
    return checks.list_page([row for row in _rows(account) if _is_in(row["settled_at"], wanted)], query)


def _is_in(at: int, wanted: dict[str, str]) -> bool:
    day = datetime.datetime.fromtimestamp(at, datetime.UTC)
    return all(getattr(day, name) == int(text) for name, text in wanted.items())


def _rows(account: Account) -> list[dict[str, Any]]:
    rows = []
    for payment in account.payments.values():
        entity = payment.entity
        if entity["captured"]:
            net = entity["amount"] - entity["fee"]
            rows.append(_row(account, entity, "payment", credit=net, at=entity["captured_at"]))
        for refund in payment.refunds:
            if refund.of_capture and refund.entity["status"] == "processed":
                rows.append(_row(account, refund.entity, "refund", debit=refund.entity["amount"]))
    for dispute in account.disputes.values():
        if dispute["amount_deducted"]:
            adjustment = dispute | {"id": "adj_" + dispute["id"][5:]}
            row = _row(account, adjustment, "adjustment", debit=dispute["amount_deducted"])
            rows.append(row | {"dispute_id": dispute["id"]})
    return [row for row in rows if row["settled_at"] <= account.clock.now()]


def _row(
    account: Account, entity: dict[str, Any], kind: str, *, credit: int = 0, debit: int = 0, at: int | None = None
) -> dict[str, Any]:
    settled_at = (at or entity["created_at"]) + SETTLED_AFTER_SECONDS
    day = settled_at // 86_400
    digest = hashlib.sha256(f"{account.id}{day}".encode()).hexdigest()
    fee, tax = (entity["fee"], entity["tax"]) if kind == "payment" else (0, 0)
    return {
        "entity_id": entity["id"],
        "type": kind,
        "debit": debit,
        "credit": credit,
        "amount": entity["amount"],
        "currency": entity["currency"],
        "fee": fee,
        "tax": tax,
        "on_hold": False,
        "settled": True,
        "created_at": entity["created_at"],
        "settled_at": settled_at,
        "settlement_id": f"setl_{digest[:14]}",
        "settlement_utr": digest[14:30],
        "payment_id": entity.get("payment_id"),
        "dispute_id": None,
    }
