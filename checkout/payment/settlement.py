"""A line of a settlement file, whoever wrote it: what a gateway paid out to our bank, or took from it."""

from __future__ import annotations

from dataclasses import dataclass

PAYMENT, REFUND, ADJUSTMENT = "payment", "refund", "adjustment"


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """Amounts in minor units. `line` is its number in the file, for people."""

    line: int
    kind: str
    entity_id: str
    settlement_id: str
    credit: int
    debit: int
    fee: int  # its tax included
    currency: str
    dispute_id: str = ""


class UnreadableLine(ValueError):
    """`line` and what is wrong with it."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
