"""What units of an order are worth when they come back: tax included, less their part of a discount, without delivery."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Sum

from checkout.order.models import Order, Return, ReturnLine
from shop.core.money import split_integer


def worth_of(order: Order, units: Mapping[int, int]) -> dict[int, int]:
    """Minor units by order line, for so many units of each. What came back earlier is taken off first, so that the
    parts of a line add up to the line, to the paisa."""
    lines = list(order.lines.order_by("pk"))
    totals = [line.total + (0 if order.prices_include_tax else line.tax) for line in lines]
    discounts = split_integer(order.discount, [line.total for line in lines]) if order.discount else [0] * len(lines)
    before = _before(order)
    worth = {}
    for line, total, discount in zip(lines, totals, discounts, strict=True):
        count, amount = before.get(line.pk, (0, 0))
        if wanted := units.get(line.pk, 0):
            worth[line.pk] = (total - discount - amount) * wanted // max(line.quantity - count, 1)
    return worth


def _before(order: Order) -> dict[int, tuple[int, int]]:
    """Order line → units and worth of returns that were not rejected."""
    kept = ReturnLine.objects.filter(return_of__order=order).exclude(return_of__status=Return.Status.REJECTED)
    sums = kept.values_list("order_line").annotate(units=Sum("quantity"), worth=Sum("amount"))
    return {line: (units, worth) for line, units, worth in sums}
