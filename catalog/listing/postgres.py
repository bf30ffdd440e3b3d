"""The catalogue on PostgreSQL's own means. A list is one statement, which also finds stock, count and facets; one more
resolves a category whose order is asked for, or spells a search again that found next to nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from catalog.listing import suggestions
from catalog.listing.conditions import Conditions, conditions_of
from catalog.listing.facets import facets_json
from catalog.listing.interface import ARRANGED, ListPage, ListQuery
from catalog.listing.statements import CARDS_BY_ID, DETAIL, SHELF, list_after_statement, list_statement
from shop.core.context import ShopContext
from shop.core.errors import Invalid, NotThere

FEW = 3  # a search that finds fewer is spelled again
NO_CATEGORY = -1


class PostgresCatalogue:
    def list(self, query: ListQuery) -> ListPage:
        """Raises NotThere for a page beyond the last one, Invalid for an `after` that does not fit."""
        query, ordering = _settled(query)
        _refuse_other_places(query, ordering)
        conditions = conditions_of(query)
        page = _read(query, conditions, ordering)
        if query.text and page.count < FEW:
            page = max(page, _read(query, conditions, ordering, corrected=True), key=lambda found: found.count)
        if query.page > 1 and page.count <= conditions.parameters["offset"]:
            raise NotThere(code="page_not_found")
        return page

    def facets(self, query: ListQuery) -> str:
        return self.list(replace(query, facets=True, page=1, page_size=1)).facets or "{}"

    def suggest(self, text: str, context: ShopContext) -> str:
        return suggestions.suggest(text, context)

    def detail(self, product_id: int, context: ShopContext) -> str | None:
        return _detail("d.core_id = %(wanted)s", product_id, context)

    def detail_by_slug(self, slug: str, context: ShopContext) -> str | None:
        """A translation goes before the source text of another product with the same slug."""
        return _detail("d.slug = %(wanted)s ORDER BY d.is_fallback LIMIT 1", slug, context)


def cards_for(core_ids: Sequence[int], context: ShopContext) -> list[dict[str, Any]]:
    """Cards of these products in this order, with stock, in one query; those not on sale are missing."""
    parameters: dict[str, Any] = {"cores": list(core_ids), "locale": context.locale, "currency": context.currency}
    with connection.cursor() as cursor:
        cursor.execute(CARDS_BY_ID, parameters)
        return json.loads(cursor.fetchone()[0])


def _settled(query: ListQuery) -> tuple[ListQuery, str]:
    """The ordering that holds and the category that is meant."""
    if query.ordering or query.text or query.category is None:
        return query, query.ordering or ("relevance" if query.text else "newest")
    which = "slug = %(category)s" if isinstance(query.category, str) else "category_id = %(category)s"
    with connection.cursor() as cursor:
        cursor.execute(SHELF.format(which=which), {"category": query.category, "locale": query.context.locale})
        category, default_sort = cursor.fetchone() or (NO_CATEGORY, ARRANGED)
    return replace(query, category=category), default_sort


def _refuse_other_places(query: ListQuery, ordering: str) -> None:
    """A place in a list names the ordering that it was found in."""
    if query.after is None:
        return
    if ordering == "relevance":
        raise Invalid(errors={"cursor": [_("Name an ordering other than relevance to read on by cursor.")]})
    if query.after and query.after[0] != ordering:
        raise Invalid(errors={"cursor": [_("This is no cursor of this list. Begin with an empty one.")]})


def _read(query: ListQuery, conditions: Conditions, ordering: str, *, corrected: bool = False) -> ListPage:
    if ordering == "relevance" and not query.text:
        ordering = "newest"
    if query.after is None:
        statement = list_statement(conditions, ordering, corrected=corrected, facets=query.facets)
    else:
        place = query.after[1:]
        statement = list_after_statement(conditions, ordering, place, corrected=corrected, facets=query.facets)
    with connection.cursor() as cursor:
        cursor.execute(statement, conditions.parameters)
        count, results, words, last, *columns = cursor.fetchone()
    facets = facets_json(columns, query.context.currency) if columns else None
    return ListPage(int(count), results, facets, words or "", (ordering, *last) if last else None)


def _detail(which: str, wanted: int | str, context: ShopContext) -> str | None:
    parameters = {"wanted": wanted, "locale": context.locale, "currency": context.currency}
    with connection.cursor() as cursor:
        cursor.execute(DETAIL + which, parameters)
        row = cursor.fetchone()
    return row[0] if row else None
