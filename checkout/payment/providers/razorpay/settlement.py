"""Razorpay's combined reconciliation: rows of its API as JSON, or of its dashboard as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from checkout.payment.settlement import SettlementLine, UnreadableLine
from shop.core.money import InvalidAmount, Money, UnknownCurrency

NOT_YET = {"0", "false", "no"}


def read_settlement(text: str, *, in_minor_units: bool) -> Iterator[SettlementLine | UnreadableLine]:
    """Each row, or why it cannot be read. Rows that are not settled yet are left out.

    `in_minor_units`: amounts are paise (as the API writes them), else decimals of their currency (as people read them).
    """
    for number, row in _rows(text):
        if str(row.get("settled", "")).strip().lower() in NOT_YET:
            continue
        try:
            yield _line(number, row, in_minor_units=in_minor_units)
        except UnreadableLine as problem:
            yield problem


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if not text.lstrip().startswith(("{", "[")):
        reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
        if "entity_id" not in (reader.fieldnames or []):
            raise UnreadableLine(1, "no column entity_id")
        for row in reader:
            yield reader.line_num, {str(name).strip(): value for name, value in row.items()}
        return
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UnreadableLine(getattr(problem, "lineno", 1), "this is not JSON") from problem
    rows = rows.get("items") if isinstance(rows, dict) else rows
    if not isinstance(rows, list):
        raise UnreadableLine(1, "no list of items")
    yield from ((number, row if isinstance(row, dict) else {}) for number, row in enumerate(rows, start=1))


def _line(number: int, row: Mapping[str, Any], *, in_minor_units: bool) -> SettlementLine:
    def text(*names: str) -> str:
        return next((str(row[name]).strip() for name in names if row.get(name)), "")

    facts = {name: text(name) for name in ("entity_id", "settlement_id")}
    facts["kind"] = text("type", "transaction_entity").lower()
    if missing := [name for name, value in facts.items() if not value]:
        raise UnreadableLine(number, f"{missing[0]} is missing")
    if too_long := [name for name, value in facts.items() if len(value) > 60]:
        raise UnreadableLine(number, f"{too_long[0]} is too long")
    currency = text("currency") or "INR"
    amounts = {
        name: _amount(number, name, text(name), currency, in_minor_units=in_minor_units)
        for name in ("credit", "debit", "fee")
    }
    return SettlementLine(
        line=number, kind=facts["kind"], entity_id=facts["entity_id"], settlement_id=facts["settlement_id"],
        credit=amounts["credit"], debit=amounts["debit"], fee=amounts["fee"], currency=currency,
        dispute_id=text("dispute_id"),
    )  # fmt: skip


def _amount(number: int, name: str, text: str, currency: str, *, in_minor_units: bool) -> int:
    text = text.replace(",", "") or "0"
    try:
        amount = int(text) if in_minor_units else Money.parse(text, currency).minor
    except (InvalidAmount, UnknownCurrency, ValueError):
        hint = " in paise; for rupees say --unit major" if in_minor_units else f" of {currency}"
        raise UnreadableLine(number, f"{name} {text!r} is not an amount{hint}") from None
    if not 0 <= amount < 10**15:
        raise UnreadableLine(number, f"{name} {text!r} is out of range")
    return amount
