"""The journal of moved money against the entities: they must tell the same story."""

from typing import Any

from .account import Account, Order, Payment


def read_ledger(account: Account) -> dict[str, Any]:
    """Return sums per order from the journal, and every disagreement with the entities."""
    rows = [_read_order(account, order) for order in account.orders.values()]
    totals = {name: sum(row[name] for row in rows) for name in ("captured", "refunded", "returned", "disputed")}
    problems = [problem for row in rows for problem in row["problems"]]
    return {"orders": rows, **totals, "problems": problems}


def _read_order(account: Account, order: Order) -> dict[str, Any]:
    sums = _sum_journal(account, order_id=order.entity["id"])
    problems = [text for payment in order.payments for text in _check_payment(account, payment)]
    entity = order.entity
    if entity["amount_paid"] + entity["amount_due"] != entity["amount"]:
        problems.append(f"{entity['id']}: paid and due do not add up")
    if (entity["status"] == "paid") != (entity["amount_due"] == 0):
        problems.append(f"{entity['id']}: {entity['status']} with {entity['amount_due']} due")
    if entity["attempts"] != len(order.payments):
        problems.append(f"{entity['id']}: attempts do not add up")
    return {"order_id": entity["id"], "amount": entity["amount"], **sums, "problems": problems}


def _sum_journal(account: Account, *, order_id: str | None = None, payment_id: str | None = None) -> dict[str, int]:
    entries = [
        entry
        for entry in account.journal
        if order_id in (None, entry.order_id) and payment_id in (None, entry.payment_id)
    ]
    sums = dict.fromkeys(("captured", "refunded", "restored", "returned", "disputed"), 0)
    for entry in entries:
        sums[entry.kind] += entry.amount
    sums["refunded"] -= sums.pop("restored")
    return sums


def _check_payment(account: Account, payment: Payment) -> list[str]:
    entity = payment.entity
    sums = _sum_journal(account, payment_id=entity["id"])
    live = sum(refund.entity["amount"] for refund in payment.refunds if refund.entity["status"] != "failed")
    full = entity["amount_refunded"] == entity["amount"]
    rules = {
        "captured once and in full": sums["captured"] == (entity["amount"] if entity["captured"] else 0),
        "refunds as journal": sums["refunded"] + sums["returned"] == entity["amount_refunded"],
        "refunds as entities": live == entity["amount_refunded"] or not account.switches.failed_refund_restores,
        "never more back than taken": sums["refunded"] <= sums["captured"],
        "refunded means all": (entity["status"] == "refunded") == full,
        "fee once captured": (entity["fee"] is not None) == entity["captured"],
    }
    return [f"{entity['id']}: broken: {rule}" for rule, holds in rules.items() if not holds]
