"""Returns as the API shows them, read in one statement. Rows, as in `seen.py`."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from checkout.order.models import Return
from shop.core.reading import Part, Telling, read_one, read_part

LINES = """(
    SELECT json_agg(json_build_array(l.id, l.sku, l.name, r.quantity, r.amount, r.fate,
                                     CASE WHEN v.id IS NOT NULL THEN json_build_array(v.id, v.sku) END) ORDER BY r.id)
    FROM order_returnline r JOIN order_orderline l ON l.id = r.order_line_id
    LEFT JOIN product_variant v ON v.id = r.exchange_for_id
    WHERE r.return_of_id = order_return.id)"""
PLAIN = ("id", "order_id", "status", "reason", "answer", "amount", "requested_at", "refund_to", "credit")
RETURNS = Telling(
    table="order_return",
    columns=", ".join(f"order_return.{name}" for name in PLAIN)
    + f""", their.currency, {LINES},
    CASE WHEN money.id IS NOT NULL THEN json_build_array(money.id, money.amount, money.status, money."to") END,
    CASE WHEN instead.id IS NOT NULL THEN json_build_array(instead.id, instead.number) END""",
    told_by="""
    JOIN order_order their ON their.id = order_return.order_id
    LEFT JOIN payment_refund money ON money.id = order_return.refund_id
    LEFT JOIN order_order instead ON instead.id = order_return.replacement_id""",
)


class SeenVariant(NamedTuple):
    pk: int
    sku: str


class ReturnedUnits(NamedTuple):
    """Some units of an order line on their way back."""

    pk: int
    sku: str
    name: str
    quantity: int
    amount: int
    fate: str
    exchange_for: SeenVariant | None


class SeenRefund(NamedTuple):
    pk: int
    amount: int
    status: str
    to: str


class SeenReplacement(NamedTuple):
    pk: int
    number: str


class SeenReturn(NamedTuple):
    pk: int
    order_id: int
    status: str
    reason: str
    answer: str
    amount: int
    requested_at: datetime
    refund_to: str
    credit: int
    currency: str
    lines: tuple[ReturnedUnits, ...]
    refund: SeenRefund | None
    replacement: SeenReplacement | None


def seen_returns(part: Part) -> tuple[list[SeenReturn], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(RETURNS, part)
    return [_seen(row) for row in rows], count


def seen_return(rows: QuerySet[Return]) -> SeenReturn | None:
    """The only one of a queryset. One statement."""
    row = read_one(RETURNS, rows)
    return _seen(row) if row else None


def _seen(row: tuple) -> SeenReturn:
    *plain, lines, refund, replacement = row
    more = (
        tuple(ReturnedUnits._make((*line, wanted and SeenVariant(*wanted))) for *line, wanted in lines or ()),
        refund and SeenRefund(*refund),
        replacement and SeenReplacement(*replacement),
    )
    return SeenReturn._make((*plain, *more))
