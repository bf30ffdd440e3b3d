# ruff: noqa: S608 - only our own words become SQL, every value is a parameter
"""Facets: for each kind of filter, what is left under all the other filters. One statement for all of them.

Brands and attribute values that the shelf has, but that the other filters exclude, are told with a count of 0.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from catalog.listing.building.labels import yes_no
from catalog.listing.conditions import Conditions
from shop.core.money import Money, exponent

MAX_BUCKETS = 6
CATEGORIES = """SELECT coalesce(json_agg(json_build_object('id', s.category_id, 'name', s.name, 'count', found.count)
        ORDER BY s.position), '[]')::text
    FROM ({counts}) found JOIN listing_shelf s ON s.category_id = found.category_id AND s.locale = %(locale)s"""
BRANDS = """SELECT coalesce(json_agg(json_build_object('slug', b.slug, 'name', b.name, 'count', found.count)
        ORDER BY found.count DESC, b.name), '[]')::text
    FROM (SELECT brand_id, count(*) FILTER (WHERE true {where}) AS count FROM base
        WHERE brand_id IS NOT NULL GROUP BY 1) found
    JOIN product_brand b ON b.id = found.brand_id"""
PRICES = """SELECT coalesce(json_agg(json_build_array(step, count) ORDER BY step), '[]')::text
    FROM (SELECT width_bucket(price, %(ladder)s::bigint[]) AS step, count(*) FROM base
        WHERE price IS NOT NULL {where} GROUP BY 1) found"""
ATTRIBUTES = """SELECT coalesce(json_agg(json_build_object('code', code, 'name', name, 'type', type, 'values', values)
        ORDER BY position, code), '[]')::text
    FROM (
        SELECT a.code, a.position, a.type, coalesce(a.names->>%(locale)s, a.name) AS name,
            json_agg(json_build_object('value', found.value, 'label',
                coalesce(v.labels->>%(locale)s, v.label,
                    CASE WHEN a.type = 'boolean' THEN %(yes_no)s::jsonb->>found.value END, found.value) || CASE WHEN a.unit = '' THEN '' ELSE ' ' || a.unit END,
                'count', found.count, 'hex', coalesce(v.swatch, '')) ORDER BY v.sort_order, found.value) AS values
        FROM (
            SELECT split_part(token, '=', 1) AS code, substr(token, strpos(token, '=') + 1) AS value,
                count(*) FILTER (WHERE true {where}) AS count
            FROM base CROSS JOIN unnest(facets) AS token GROUP BY 1, 2) found
        JOIN product_attribute a ON a.code = found.code
        LEFT JOIN product_attributevalue v ON v.attribute_id = a.id AND v.value = found.value
        GROUP BY a.id) listed"""


def base_of(conditions: Conditions) -> str:
    """The CTE that facets count in: the shelf under everything that is not a facet, with a column per facet's own
    filter."""
    own = "".join(
        f", coalesce(({condition}), false) AS own{number}" for number, condition in enumerate(conditions.own.values())
    )
    where = " AND ".join(conditions.always)
    return f"base AS MATERIALIZED (SELECT p.price, p.brand_id, p.facets{own} FROM listing_placement p WHERE {where})"


def facet_columns(conditions: Conditions) -> str:
    """Four columns of JSON texts: categories, brands, steps of the price ladder, attributes."""
    conditions.parameters["ladder"] = ladder(conditions.parameters["currency"])
    yes, no = yes_no(conditions.parameters["locale"])
    conditions.parameters["yes_no"] = json.dumps({"true": yes, "false": no})
    return f""", ({CATEGORIES.format(counts=_category_counts(conditions))}),
        ({BRANDS.format(where=_others(conditions, "brand"))}),
        ({PRICES.format(where=_others(conditions, "price"))}),
        ({ATTRIBUTES.format(where=_others_by_token(conditions))})"""


def facets_json(columns: Sequence[str], currency: str) -> str:
    """The `facets` object of the API, as JSON text."""
    categories, brands, steps, attributes = columns
    prices = json.dumps(buckets(json.loads(steps), currency))
    return f'{{"category":{categories},"brand":{brands},"price":{prices},"attributes":{attributes}}}'


def ladder(currency: str) -> list[int]:
    """Prices at which a bucket may begin, in minor units: 1, 2, 5, 10 … of the currency's main unit."""
    unit = 10 ** exponent(currency)
    return [unit * step * 10**power for power in range(8) for step in (1, 2, 5)]


def buckets(steps: Sequence[Sequence[int]], currency: str) -> list[dict[str, Any]]:
    """At most six price ranges with their counts, from counts per step of the ladder: the smallest neighbours are put
    together. Both ends are inside, so that `min_price` and `max_price` give exactly these products; the last one is
    open."""
    ranges = [[step, step, count] for step, count in steps]
    while len(ranges) > MAX_BUCKETS:
        at = min(range(len(ranges) - 1), key=lambda i: (ranges[i][2] + ranges[i + 1][2], i))
        first, second = ranges[at], ranges.pop(at + 1)
        ranges[at] = [first[0], second[1], first[2] + second[2]]
    begins = [0, *ladder(currency)]
    return [_bucket(low, high, count, begins, currency) for low, high, count in ranges]


def _bucket(low: int, high: int, count: int, begins: list[int], currency: str) -> dict[str, Any]:
    end = str(Money(begins[high + 1] - 1, currency)) if high + 1 < len(begins) else None
    return {"min": str(Money(begins[low], currency)), "max": end, "count": count}


def _category_counts(conditions: Conditions) -> str:
    """Over the whole shop: choosing another category must not depend on the one that is chosen."""
    if conditions.is_bare_shelf:
        return """SELECT category_id, sum(n) AS count FROM listing_shelfcount WHERE currency = %(currency)s
            GROUP BY 1 HAVING sum(n) > 0"""
    where = " AND ".join([*conditions.always[1:], *conditions.own.values()])
    return f"SELECT category_id, count(*) FROM listing_placement p WHERE {where} GROUP BY 1"


def _others(conditions: Conditions, facet: str) -> str:
    kept = [f"own{number}" for number, name in enumerate(conditions.own) if name != facet]
    return "".join(f" AND {column}" for column in kept)


def _others_by_token(conditions: Conditions) -> str:
    """All filters; but that of an attribute does not hold for its own values. Codes are checked words (`a-z0-9_`)."""
    parts = []
    for number, name in enumerate(conditions.own):
        own = f"starts_with(token, '{name[5:]}=')" if name.startswith("attr:") else "false"
        parts.append(f" AND (own{number} OR {own})")
    return "".join(parts)
