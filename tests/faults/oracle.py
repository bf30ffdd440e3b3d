"""What must hold at rest, whatever happened before. Knows HTTP, reads of the database and the gateway's own ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import requests

from tests.faults.questions import QUESTIONS
from tests.faults.rig import Rig


@dataclass
class Witness:
    """What callers were told, to be held against what is written: what came of each key, and totals as they were
    shown."""

    orders_by_key: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    totals: dict[int, str] = field(default_factory=dict)
    refunded_once: set[int] = field(default_factory=set)  # orders with one refund under one key, however often asked

    once: set[tuple[str, int]] = field(default_factory=set)  # a table that has one row of the order

    def placed(self, key: str, order: dict[str, Any]) -> None:
        self.orders_by_key[key].add(order["id"])
        self.totals[order["id"]] = order["total"]


def judge(rig: Rig, witness: Witness | None = None) -> list[str]:
    """Broken promises, each as `P2: what is wrong with which row`. Empty is good. Each is said once per rig."""
    found = [
        *_of_database(rig),
        *_of_ledger(rig),
        *_of_witness(rig, witness or Witness()),
        *_of_mails(rig),
        *_of_pages(rig),
    ]
    new = [problem for problem in found if problem not in rig.reported]
    rig.reported.update(new)
    return new


def _of_database(rig: Rig) -> list[str]:
    found = []
    for promise, wrong, statement in QUESTIONS:
        found += [f"{promise}: {wrong}: {', '.join(map(str, row))}" for row in rig.ask(statement)[:20]]
    return found


def _of_ledger(rig: Rig) -> list[str]:
    """The gateways' books against the shop's ledger, to the paisa, order by order."""
    found: list[str] = []
    ours = {row[0]: row[1:] for row in rig.ask(OUR_BOOKS)}
    net: dict[str, int] = defaultdict(int)
    charges: dict[str, int] = defaultdict(int)
    for row in _rows_of_gateways(rig, found):
        reference, *written = ours.get(row["order_id"], ("nobody", 0, 0))
        back = row["refunded"] + row.get("returned", 0)
        if written != [row["captured"], back]:
            found.append(
                f"M7: {reference} {row['order_id']}: gateway captured {row['captured']} and gave back {back}, "
                f"the shop's ledger has {written}"
            )
        net[reference] += row["captured"] - back
        charges[reference] += bool(row["captured"] - back)
        if reference == "nobody" and row["captured"] != back:
            found.append(f"P2: {row['order_id']} was paid and belongs to no order")
    for reference, number in charges.items():
        if number > 1:
            found.append(f"P1: {reference} is charged {number} times")
    return found + _of_balances(rig, net)


def _rows_of_gateways(rig: Rig, found: list[str]) -> Iterator[dict[str, Any]]:
    for gateway in rig.books:
        ledger = rig.emulate("GET", "ledger", None, gateway)
        found += [f"P2: the books of {gateway} disagree with themselves: {problem}" for problem in ledger["problems"]]
        yield from ledger["orders"]


def _of_balances(rig: Rig, net: dict[str, int]) -> list[str]:
    """Paid means that the total, less what store credit paid of it, is held, less what staff gave back; everything else
    means that nothing is."""
    found = []
    for reference, status, total, given in rig.ask(BALANCES):
        due = total - given if status == "paid" else 0
        if net.get(reference, 0) != due:
            found.append(
                f"P2: {reference} is {status}, {due} should be held, the gateway holds {net.get(reference, 0)}"
            )
    return found


def _of_witness(rig: Rig, witness: Witness) -> list[str]:
    found = [f"P4: one key, several orders: {ids}" for ids in witness.orders_by_key.values() if len(ids) > 1]
    refunds = dict(rig.ask(REFUNDS))
    found += [f"P4: one key, {refunds.get(id_, 0)} refunds of order {id_}" for id_ in witness.refunded_once
              if refunds.get(id_, 0) != 1]  # fmt: skip
    for table, order_id in sorted(witness.once):
        number = rig.ask(f"SELECT count(*) FROM {table} WHERE order_id = %s", order_id)[0][0]
        found += [f"P4: one key, {number} rows in {table} of order {order_id}"] if number != 1 else []
    written = {row[0]: row[1] for row in rig.ask("SELECT id, total FROM order_order")}
    for order_id, shown in witness.totals.items():
        if written.get(order_id) != Decimal(shown) * 100:
            found.append(f"M5: order {order_id} was shown as {shown} and is written as {written.get(order_id)}")
    return found


def _of_mails(rig: Rig) -> list[str]:
    """Every letter that left is one that is written down (two parcels have the same subject): more of them came twice
    (E4). A letter whose sender was killed with it in hand is given up, which its record says: once, not at least once."""
    written = {(to, subject): number for to, subject, number in rig.ask(LETTERS)}
    return [
        f"E4: sent {number} times: {letter}"
        for letter, number in Counter(rig.letters()).items()
        if number > max(1, written.get(letter, 0))
    ]


def _of_pages(rig: Rig) -> list[str]:
    """The shop serves, and says itself that nothing is parked."""
    answer = requests.get(f"{rig.url}/readyz", timeout=10)
    return [] if answer.ok else [f"O2: /readyz says {answer.text[:200]}"]


OUR_BOOKS = """
SELECT p.provider_order_id, min(p.reference), coalesce(sum(e.amount) FILTER (WHERE e.kind = 'captured'), 0),
-coalesce(sum(e.amount) FILTER (WHERE e.kind IN ('refunded', 'refund_failed')), 0)
FROM payment_payment p LEFT JOIN payment_ledgerentry e ON e.payment_id = p.id
WHERE p.provider IN ('razorpay', 'stripe') AND p.provider_order_id <> '' GROUP BY 1"""
REFUNDS = """
SELECT split_part(p.reference, ':', 2)::bigint, count(*) FROM payment_refund r JOIN payment_payment p
ON p.id = r.payment_id WHERE r.status <> 'failed' GROUP BY 1"""
BALANCES = """
SELECT 'order:' || o.id, o.payment_status, o.total - o.store_credit, coalesce((
  SELECT sum(r.amount) FROM payment_refund r JOIN payment_payment p ON p.id = r.payment_id
  WHERE p.reference = 'order:' || o.id AND r.status = 'processed'
  AND r."to" = 'source' AND (r.requested_by <> 'shop' OR r.reason = 'Refused at the door')), 0)
FROM order_order o WHERE o.payment_method IN ('razorpay', 'stripe')"""
LETTERS = """SELECT address, subject, count(*) FROM notifications_notification WHERE channel = 'email' GROUP BY 1, 2"""
