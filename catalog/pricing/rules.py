"""Which price holds: pure, for many variants at once, with the trace of how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shop.core.context import ShopContext
from shop.core.money import Money, tax_inside

Trace = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A dated price of a variant. `amount` and `compare_at` in minor units of `currency`."""

    id: int
    list_code: str
    currency: str
    customer_group: str
    priority: int
    is_base: bool
    min_qty: int
    amount: int
    compare_at: int | None
    valid_from: datetime | None
    valid_to: datetime | None
    change_set: int | None = None  # not None: a draft, seen only in the preview of its campaign

    def holds_at(self, at: datetime) -> bool:
        return (self.valid_from is None or self.valid_from <= at) and (self.valid_to is None or at < self.valid_to)


@dataclass(frozen=True, slots=True)
class Rate:
    """A tax rate from a date on; 1800 basis points are 18 %."""

    basis_points: int
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class PriceInput:
    """All that is known of a variant's price, at any time: the resolver picks."""

    variant_id: int
    lines: tuple[Line, ...]
    rates: tuple[Rate, ...] = ()
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit costs. Amounts include tax at `tax_basis_points` where `includes_tax`."""

    variant_id: int
    amount: Money
    compare_at: Money | None
    tax_basis_points: int
    includes_tax: bool = True
    trace: Trace = ()
    valid_until: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict, compare=False)

    def tax_of(self, quantity: int) -> Money:
        """How much of `quantity` units is tax, rounded once, half up."""
        return Money(tax_inside(self.amount.minor * quantity, self.tax_basis_points), self.amount.currency)


def resolve_price(*, variants: Sequence[PriceInput], context: ShopContext) -> dict[int, Price]:
    """The price of each variant in this context. A variant without a price in the currency is missing: not for sale.

    Of the lines that hold at `context.at`, a draft of the previewed campaign goes before a live one, a list for the
    customer's group before one for all, then the higher priority, then the larger quantity step, then the lower price.
    """
    prices = (_resolve(entry, context) for entry in variants)
    return {price.variant_id: price for price in prices if price is not None}


def _resolve(entry: PriceInput, context: ShopContext) -> Price | None:
    candidates = [line for line in entry.lines if _applies(line, entry.quantity, context)]
    holding = [line for line in candidates if line.holds_at(context.at)]
    if not holding:
        return None
    chosen = min(holding, key=lambda line: _rank(line, context))
    rate = _rate(entry.rates, context.at)
    return Price(
        variant_id=entry.variant_id,
        amount=Money(chosen.amount, context.currency),
        compare_at=None if chosen.compare_at is None else Money(chosen.compare_at, context.currency),
        tax_basis_points=rate,
        trace=_trace(chosen, holding, rate),
        valid_until=_next_boundary(candidates, entry.rates, context.at),
    )


def _applies(line: Line, quantity: int, context: ShopContext) -> bool:
    return (
        line.currency == context.currency
        and line.customer_group in ("", context.customer_group)
        and line.min_qty <= quantity
        and (line.change_set is None or line.change_set == context.campaign)
    )


def _rank(line: Line, context: ShopContext) -> tuple:
    return (
        line.change_set is None,
        line.customer_group != context.customer_group or not line.customer_group,
        -line.priority,
        line.is_base,
        -line.min_qty,
        line.amount,
        line.id,
    )


def _rate(rates: Sequence[Rate], at: datetime) -> int:
    past = [rate for rate in rates if rate.valid_from <= at]
    return max(past, key=lambda rate: rate.valid_from).basis_points if past else 0


def _next_boundary(lines: Sequence[Line], rates: Sequence[Rate], at: datetime) -> datetime | None:
    moments = [moment for line in lines for moment in (line.valid_from, line.valid_to) if moment]
    return min((moment for moment in [*moments, *(rate.valid_from for rate in rates)] if moment > at), default=None)


def _trace(chosen: Line, holding: Sequence[Line], basis_points: int) -> Trace:
    base = next((line for line in holding if line.is_base and line.min_qty == 1), None)
    steps: list[dict[str, Any]] = []
    if base is not None:
        steps.append({"step": "base", "list": base.list_code, "line": base.id, "amount": base.amount})
    if base is None or chosen.id != base.id:
        steps.append({"step": "list", "list": chosen.list_code, "line": chosen.id, "amount": chosen.amount})
    steps.append({"step": "tax", "basis_points": basis_points, "included": True})
    return tuple(steps)
