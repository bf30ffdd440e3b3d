"""Reads for prices. Every read takes a ShopContext: when, in which currency, for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from catalog.pricing.rules import Line, Price, PriceInput, Rate, resolve_price
from shop.core.context import ShopContext
from shop.core.reading import time_of

_COLUMNS = """line.id, list.code, list.currency, list.customer_group, list.priority, list.is_base, line.min_qty,
       line.amount, line.compare_at, line.valid_from, line.valid_to,
       CASE WHEN line.state = 'draft' THEN line.change_set END,
       rate.basis_points, rate.valid_from"""
# LATERAL and OFFSET 0 keep it one look into an index per variant, whatever PostgreSQL believes of the tables' sizes:
# while a table fills for the first time it believes them empty, and joins it row by row against all others.
_TABLES = """
FROM product_variant v
JOIN product_productcore core ON core.id = v.core_id
CROSS JOIN LATERAL (
    SELECT * FROM pricing_priceline l
    WHERE l.variant_id = v.id
      AND (l.state = 'live' OR l.change_set = %(campaign)s)
      AND (l.valid_to IS NULL OR l.valid_to > %(at)s)
    OFFSET 0
) line
JOIN pricing_pricelist list ON list.id = line.price_list_id AND list.currency = %(currency)s AND list.live
LEFT JOIN pricing_taxrate rate ON rate.tax_class_id = core.tax_class_id
"""
_SQL = f"SELECT v.id, {_COLUMNS} {_TABLES} WHERE v.id = ANY(%(variants)s)"
# The same as a column of a statement that has a `variant`, for `prices_told`. Parameters: `price_parameters`.
PRICES_TOLD = f"(SELECT json_agg(json_build_array({_COLUMNS})) {_TABLES} WHERE v.id = variant.id)"


def prices_for(
    variant_ids: Iterable[int], context: ShopContext, *, quantities: Mapping[int, int] | None = None
) -> dict[int, Price]:
    """Prices of many variants in one query. A variant that is missing has no price in this currency now."""
    ids = list(variant_ids)
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"variants": ids, **price_parameters(context)})
        rows = cursor.fetchall()
    return resolve_price(variants=_inputs(rows, quantities or {}), context=context)


def price_parameters(context: ShopContext) -> dict[str, Any]:
    return {"currency": context.currency, "at": context.at, "campaign": context.campaign}


def prices_told(
    told: Mapping[int, list[list] | None], context: ShopContext, *, quantities: Mapping[int, int]
) -> dict[int, Price]:
    """Prices by variant from what a statement brought as `PRICES_TOLD`. No query."""
    rows = [(variant_id, *_timed(row)) for variant_id, found in told.items() for row in found or ()]
    return resolve_price(variants=_inputs(rows, quantities), context=context)


def _timed(row: list) -> tuple:
    """Times are texts in JSON."""
    *plain, valid_from, valid_to, change_set, basis_points, rate_from = row
    return (*plain, _time(valid_from), _time(valid_to), change_set, basis_points, _time(rate_from))


def _time(text: str | None) -> datetime | None:
    return time_of(text) if text else None


def _inputs(rows: list[tuple], quantities: Mapping[int, int]) -> list[PriceInput]:
    lines: dict[int, dict[int, Line]] = defaultdict(dict)
    rates: dict[int, dict[tuple, Rate]] = defaultdict(dict)
    for variant_id, *rest in rows:
        *fields, basis_points, rate_from = rest
        lines[variant_id][fields[0]] = Line(*fields)
        if basis_points is not None:
            rates[variant_id][basis_points, rate_from] = Rate(basis_points, rate_from)
    return [
        PriceInput(id_, tuple(found.values()), tuple(rates[id_].values()), quantities.get(id_, 1))
        for id_, found in lines.items()
    ]
