# ruff: noqa: S608 - only our own words become SQL, every value is a parameter
"""The SQL that answers lists, facets, suggestions and details: PostgreSQL puts the JSON together, stock included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.inventory.limits import MOST_SQL
from catalog.listing import keyset
from catalog.listing.conditions import Conditions, text_query
from catalog.listing.facets import base_of, facet_columns
from catalog.listing.interface import ARRANGED

RANKED_UP_TO = 2000  # more matches than this are shown by popularity: ranking them all would cost more than it tells

# Stock is joined here, for the rows of one page: a card holds none.
STOCK = """LATERAL (
    SELECT coalesce(sum(i.on_hand - i.reserved), 0) AS units, coalesce(max(i.low_stock_threshold), 0) AS threshold
    FROM inventory_stockitem i WHERE i.variant_id = ANY(c.sold_variants)) s"""
CARD = """left(c.data, -1) || ',"stock":' || s.units || ',"in_stock":' || (s.units > 0)::text || ',"low_stock":'
    || CASE WHEN s.units BETWEEN 1 AND s.threshold THEN s.units::text ELSE 'null' END"""
CARDS_OF = f"""SELECT '[' || coalesce(string_agg({CARD} || '}}', ',' ORDER BY shelf.n), '') || ']'
    FROM shelf JOIN listing_card c
        ON c.core_id = shelf.core_id AND c.locale = %(locale)s AND c.currency = %(currency)s
    CROSS JOIN {STOCK}"""

VARIANTS_OF = f"""SELECT '[' || string_agg(left(v.data, -1) || ',"stock":' || t.units || ',"in_stock":'
        || (t.units > 0)::text || ',"max_quantity":' || {MOST_SQL.format(of_stock="t.most")} || '}}', ',' ORDER BY v.n) || ']'
    FROM unnest(c.variant_ids, c.variants) WITH ORDINALITY AS v(id, data, n)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(i.on_hand - i.reserved), 0) AS units, min(i.max_per_order) AS most FROM inventory_stockitem i
        WHERE i.variant_id = v.id AND v.id = ANY(c.sold_variants)) t"""
DETAIL = f"""SELECT {CARD} || ',"variants":' || coalesce(({VARIANTS_OF}), '[]') || ',' || substr(d.data, 2)
    FROM listing_detail d
    JOIN listing_card c ON c.core_id = d.core_id AND c.locale = d.locale AND c.currency = %(currency)s
    CROSS JOIN {STOCK}
    WHERE d.locale = %(locale)s AND """

CARDS_BY_ID = f"""WITH shelf AS (SELECT * FROM unnest(%(cores)s::bigint[]) WITH ORDINALITY AS wanted(core_id, n))
    {CARDS_OF}"""

SHELF = """SELECT category_id, default_sort FROM listing_shelf WHERE {which}
    ORDER BY (locale = %(locale)s) DESC, category_id LIMIT 1"""

BARE_COUNT = """SELECT coalesce(sum(n), 0) FROM listing_shelfcount p WHERE """

ORDER_BY = {
    "price": "p.price ASC, p.core_id ASC",
    "-price": "p.price DESC NULLS LAST, p.core_id DESC",
    "name": "lower(n.name) ASC, p.core_id ASC",
    "-name": "lower(n.name) DESC, p.core_id DESC",
    "newest": "p.published_at DESC, p.core_id DESC",
    "rating": "p.rating DESC NULLS LAST, p.popularity DESC, p.core_id DESC",
    "popular": "p.popularity DESC, p.core_id DESC",
    ARRANGED: "p.position ASC, p.published_at DESC, p.core_id DESC",
}
NAMES = """JOIN listing_card n ON n.core_id = p.core_id AND n.locale = %(locale)s AND n.currency = %(currency)s"""

# Trigrams find most misspellings; short words with two letters swapped ("chia") share too few of them, so words with
# the same beginning are looked at as well.
CORRECTED = """corrected AS MATERIALIZED (
    SELECT string_agg(coalesce(best.word, given.word), ' ' ORDER BY given.n) AS words
    FROM regexp_split_to_table(lower(%(text)s), '\\s+') WITH ORDINALITY AS given(word, n)
    LEFT JOIN LATERAL (
        SELECT near.word FROM (
            SELECT known.word FROM listing_searchword known
                WHERE known.locale = %(locale)s AND known.word %% given.word
            UNION
            SELECT known.word FROM listing_searchword known
                WHERE known.locale = %(locale)s
                AND known.word BETWEEN left(given.word, 1) AND left(given.word, 1) || U&'\\FFFD'
                AND abs(length(known.word) - length(given.word)) <= 1
                AND similarity(known.word, given.word) >= 0.2
        ) near ORDER BY similarity(near.word, given.word) DESC, near.word LIMIT 1
    ) best ON length(given.word) >= 3 AND given.word !~ '"|^-')"""


def list_statement(conditions: Conditions, ordering: str, *, corrected: bool = False, facets: bool = False) -> str:
    """One row: count, cards as JSON text, the corrected words, NULL, then the columns of the facets."""
    searched = "text" in conditions.parameters
    order = _relevance(corrected) if ordering == "relevance" else ORDER_BY[ordering]
    page = f"""SELECT p.core_id FROM listing_placement p {_joins(order, searched)} WHERE {conditions.where}
        ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s"""
    with_ = [
        *search_parts(searched, corrected),
        f"shelf AS (SELECT core_id, row_number() OVER () AS n FROM ({page}) x)",
        *([base_of(conditions)] if facets else []),
    ]
    return _answer(with_, conditions, "NULL", corrected=corrected, facets=facets)


def list_after_statement(
    conditions: Conditions, ordering: str, after: Sequence[Any], *, corrected: bool = False, facets: bool = False
) -> str:
    """The same behind a row (`after`: its sort values, none for the beginning), with a column more: where to go on."""
    searched, order = "text" in conditions.parameters, ORDER_BY[ordering]
    where, parameters = keyset.behind(order, after) if after else ("true", {})
    conditions.parameters |= parameters
    page = f"""SELECT p.core_id, {keyset.columns(order)} FROM listing_placement p {_joins(order, searched)}
        WHERE {conditions.where} AND {where} ORDER BY {order} LIMIT %(limit)s + 1"""
    with_ = [*search_parts(searched, corrected), *keyset.window(page), *([base_of(conditions)] if facets else [])]
    return _answer(with_, conditions, keyset.last_row(order), corrected=corrected, facets=facets)


def search_parts(searched: bool, corrected: bool) -> list[str]:
    """CTEs `corrected` and `hits` (the products that the text finds)."""
    if not searched:
        return []
    hits = f"""hits AS MATERIALIZED (SELECT s.core_id, s.id FROM {"corrected," if corrected else ""} listing_searchrow s
        WHERE s.locale = %(locale)s AND s.vector @@ {text_query(corrected=corrected)})"""
    return [CORRECTED, hits] if corrected else [hits]


def _joins(order: str, searched: bool) -> str:
    return f"{NAMES if 'n.name' in order else ''} {'JOIN hits h ON h.core_id = p.core_id' if searched else ''}"


def _answer(with_: list[str], conditions: Conditions, last: str, *, corrected: bool, facets: bool) -> str:
    words = "(SELECT words FROM corrected)" if corrected else "''"
    columns = facet_columns(conditions) if facets else ""
    return f"WITH {', '.join(with_)} SELECT ({_count(conditions)}), ({CARDS_OF}), {words}, {last} {columns}"


def _relevance(corrected: bool) -> str:
    query = text_query(corrected=corrected).replace("corrected.words", "(SELECT words FROM corrected)")
    rank = f"(SELECT ts_rank_cd(r.vector, {query}) FROM listing_searchrow r WHERE r.id = h.id)"
    few = f"(SELECT count(*) FROM hits) < {RANKED_UP_TO}"
    return f"CASE WHEN {few} THEN {rank} END DESC NULLS LAST, p.popularity DESC, p.core_id DESC"


def _count(conditions: Conditions) -> str:
    if conditions.is_bare_shelf:
        return BARE_COUNT + conditions.where
    return f"SELECT count(*) FROM listing_placement p WHERE {conditions.where}"
