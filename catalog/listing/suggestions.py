# ruff: noqa: S608 - only our own words become SQL, every value is a parameter
"""Search as you type: a few milliseconds, so without ranking; what is bought most comes first."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

from catalog.listing.rules.words import CONFIGURATIONS
from shop.core.context import ShopContext

PRODUCTS, CATEGORIES, QUERIES = 6, 4, 5
LOOKED_AT = 400  # of more matches, some of these are as good as any
_WORDS = re.compile(r"[\w\u0900-\u0963\u0971-\u097f]+")

FOUND = f"""
WITH hits AS MATERIALIZED (
    SELECT s.core_id FROM listing_searchrow s WHERE s.locale = %(locale)s AND s.vector @@ ({{query}}) LIMIT {LOOKED_AT}
), shown AS (
    SELECT p.core_id, row_number() OVER () AS n FROM (
        SELECT h.core_id FROM hits h JOIN listing_placement p
            ON p.core_id = h.core_id AND p.category_id = 0 AND p.currency = %(currency)s
        ORDER BY p.popularity DESC, p.core_id DESC LIMIT {PRODUCTS}) p
)
SELECT coalesce((
    SELECT json_agg(json_build_object('id', c.core_id, 'name', c.name, 'url', c.data::json->'url',
        'image', c.data::json->'image', 'price', c.data::json->'price', 'currency', c.currency) ORDER BY shown.n)
    FROM shown JOIN listing_card c
        ON c.core_id = shown.core_id AND c.locale = %(locale)s AND c.currency = %(currency)s), '[]')::text,
    coalesce((SELECT json_agg(json_build_object('id', category_id, 'name', name, 'url', url) ORDER BY position) FROM (
        SELECT * FROM listing_shelf WHERE locale = %(locale)s AND name ILIKE %(contains)s
        ORDER BY position LIMIT {CATEGORIES}) s), '[]')::text,
    coalesce((SELECT json_agg(trim(%(before)s || ' ' || word) ORDER BY length(word), word) FROM (
        SELECT word FROM listing_searchword WHERE locale = %(locale)s AND word LIKE %(begins)s
            AND word <> ALL(%(given)s::varchar[])
        ORDER BY length(word), word LIMIT {QUERIES}) w), '[]')::text
"""
NOTHING = '{"products":[],"categories":[],"queries":[]}'


def suggest(text: str, context: ShopContext) -> str:
    """JSON text `{products, categories, queries}` for what was typed so far; the last word may be half typed."""
    words = _WORDS.findall(text.lower())
    if not words:
        return NOTHING
    ways = [*CONFIGURATIONS.values(), "shop_simple"]
    parameters: dict[str, Any] = {
        "prefix": " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"]),
        "locale": context.locale,
        "currency": context.currency,
        "contains": f"%{_escaped(text.strip())}%",
        "before": " ".join(words[:-1]),
        "given": words[:-1],
        "begins": f"{_escaped(words[-1])}%",
    }
    query = " || ".join(f"to_tsquery('{way}', %(prefix)s)" for way in ways)
    with connection.cursor() as cursor:
        cursor.execute(FOUND.format(query=query), parameters)
        products, categories, queries = cursor.fetchone()
    return f'{{"products":{products},"categories":{categories},"queries":{queries}}}'


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)
