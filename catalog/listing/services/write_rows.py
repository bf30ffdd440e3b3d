"""Writing rows of the read model: a few set-based statements, which touch only what differs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

Row = Mapping[str, Any]

PLACEMENTS = """
WITH wanted AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s) AS r(
        category_id bigint, core_id bigint, currency varchar, is_direct bool, position int, price bigint, on_sale bool,
        in_stock bool, brand_id bigint, rating numeric, popularity int, published_at timestamptz, facets varchar[])
), gone AS (
    DELETE FROM listing_placement p WHERE p.core_id = ANY(%(cores)s) AND NOT EXISTS (
        SELECT 1 FROM wanted w
        WHERE (w.category_id, w.currency, w.core_id) = (p.category_id, p.currency, p.core_id))
)
INSERT INTO listing_placement AS old (category_id, core_id, currency, is_direct, position, price, on_sale, in_stock,
    brand_id, rating, popularity, published_at, facets)
SELECT category_id, core_id, currency, is_direct, position, price, on_sale, in_stock, brand_id, rating,
    popularity, published_at, facets FROM wanted ORDER BY category_id, currency, core_id
ON CONFLICT (category_id, currency, core_id) DO UPDATE SET is_direct = excluded.is_direct,
    position = excluded.position, price = excluded.price, on_sale = excluded.on_sale, in_stock = excluded.in_stock,
    brand_id = excluded.brand_id, rating = excluded.rating, popularity = excluded.popularity,
    published_at = excluded.published_at, facets = excluded.facets
WHERE (old.is_direct, old.position, old.price, old.on_sale, old.in_stock, old.brand_id, old.rating,
       old.popularity, old.published_at, old.facets) IS DISTINCT FROM
      (excluded.is_direct, excluded.position, excluded.price, excluded.on_sale, excluded.in_stock, excluded.brand_id,
       excluded.rating, excluded.popularity, excluded.published_at, excluded.facets)
"""

CARDS = """
WITH wanted AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s) AS r(
        core_id bigint, locale varchar, currency varchar, name varchar, data text, sold_variants bigint[],
        variant_ids bigint[], variants text[], valid_until timestamptz)
), gone AS (
    DELETE FROM listing_card c WHERE c.core_id = ANY(%(cores)s) AND NOT EXISTS (
        SELECT 1 FROM wanted w WHERE (w.core_id, w.locale, w.currency) = (c.core_id, c.locale, c.currency))
)
INSERT INTO listing_card AS old (core_id, locale, currency, name, data, sold_variants, variant_ids, variants, valid_until)
SELECT core_id, locale, currency, name, data, sold_variants, variant_ids, variants, valid_until FROM wanted
ON CONFLICT (core_id, locale, currency) DO UPDATE SET name = excluded.name, data = excluded.data,
    sold_variants = excluded.sold_variants, variant_ids = excluded.variant_ids, variants = excluded.variants, valid_until = excluded.valid_until
WHERE (old.data, old.sold_variants, old.variants, old.valid_until) IS DISTINCT FROM
      (excluded.data, excluded.sold_variants, excluded.variants, excluded.valid_until)
RETURNING core_id
"""

DETAILS = """
WITH wanted AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s) AS r(
        core_id bigint, locale varchar, slug varchar, is_fallback bool, data text, updated_at timestamptz)
), gone AS (
    DELETE FROM listing_detail d WHERE d.core_id = ANY(%(cores)s) AND NOT EXISTS (
        SELECT 1 FROM wanted w WHERE (w.core_id, w.locale) = (d.core_id, d.locale))
)
INSERT INTO listing_detail AS old (core_id, locale, slug, is_fallback, data, updated_at)
SELECT core_id, locale, slug, is_fallback, data, updated_at FROM wanted
ON CONFLICT (core_id, locale) DO UPDATE SET slug = excluded.slug, is_fallback = excluded.is_fallback,
    data = excluded.data, updated_at = excluded.updated_at
WHERE (old.slug, old.is_fallback, old.data) IS DISTINCT FROM (excluded.slug, excluded.is_fallback, excluded.data)
"""

SEARCH_ROWS = """
WITH wanted AS MATERIALIZED (
    SELECT core_id, locale, title,
        setweight(to_tsvector(config::regconfig, a), 'A') || setweight(to_tsvector(config::regconfig, b), 'B')
        || setweight(to_tsvector('shop_simple', b), 'B') || setweight(to_tsvector('shop_en', c), 'C')
        || setweight(to_tsvector('shop_hi', c), 'C') || setweight(to_tsvector(config::regconfig, d), 'D') AS vector
    FROM json_to_recordset(%(rows)s) AS r(
        core_id bigint, locale varchar, config text, title varchar, a text, b text, c text, d text)
), gone AS (
    DELETE FROM listing_searchrow s WHERE s.core_id = ANY(%(cores)s) AND NOT EXISTS (
        SELECT 1 FROM wanted w WHERE (w.core_id, w.locale) = (s.core_id, s.locale))
)
INSERT INTO listing_searchrow AS old (core_id, locale, title, vector) SELECT core_id, locale, title, vector FROM wanted
ON CONFLICT (core_id, locale) DO UPDATE SET title = excluded.title, vector = excluded.vector
WHERE (old.title, old.vector) IS DISTINCT FROM (excluded.title, excluded.vector)
"""

WORDS = """
INSERT INTO listing_searchword (locale, word)
SELECT r.locale, r.word FROM json_to_recordset(%(rows)s) AS r(locale varchar, word varchar) ORDER BY 1, 2
ON CONFLICT DO NOTHING
"""


def write_rows(statement: str, rows: Iterable[Row], core_ids: Sequence[int] = ()) -> list[tuple]:
    """Make the table hold exactly these rows for these products; returns what the statement returns."""
    parameters: dict[str, Any] = {
        "rows": json.dumps(list(rows), ensure_ascii=False, default=str),
        "cores": list(core_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []
