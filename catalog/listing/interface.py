"""What the doors ask of a catalogue. PostgreSQL answers it (postgres.py); a search engine may take its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from shop.core.context import ShopContext

ORDERINGS = ("price", "-price", "name", "-name", "newest", "rating", "popular", "relevance")
ARRANGED = "position"  # the merchandisers' order; asked for by naming a category without an ordering


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Filters are joined by *and*, the values of one filter by *or*. Prices in minor units of the context's currency.
    `category` is an id or, as text, a slug; its descendants count as it."""

    context: ShopContext
    text: str = ""
    category: int | str | None = None
    brands: tuple[str, ...] = ()  # names or slugs
    min_price: int | None = None
    max_price: int | None = None
    in_stock: bool | None = None  # False: only what cannot be bought now; None: both. The same below
    on_sale: bool | None = None
    rating_min: str | None = None
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ordering: str = ""
    page: int = 1
    page_size: int = 24
    facets: bool = False
    after: tuple[Any, ...] | None = None  # instead of `page`: what `ListPage.last` said; empty: from the beginning


@dataclass(frozen=True, slots=True)
class ListPage:
    """`results` is the JSON text of a list of cards, `facets` that of an object. `corrected`: how the text was spelled
    again because it found next to nothing."""

    count: int
    results: str
    facets: str | None = None
    corrected: str = ""
    last: tuple[Any, ...] | None = None  # for `ListQuery.after`; None at the end, and where pages are asked for


class Catalogue(Protocol):
    def list(self, query: ListQuery) -> ListPage:
        """A page of products. Raises NotThere for a page beyond the last one, Invalid for an `after` of another
        ordering, or by relevance: ranks are of one search, and no place to go on from."""

    def facets(self, query: ListQuery) -> str:
        """JSON text: each kind of filter with counts under the other filters."""

    def suggest(self, text: str, context: ShopContext) -> str:
        """JSON text of products, categories and queries for what was typed so far."""

    def detail(self, product_id: int, context: ShopContext) -> str | None:
        """JSON text of one live product."""

    def detail_by_slug(self, slug: str, context: ShopContext) -> str | None:
        """The same by the slug of this language."""


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that this shop is set up with."""
    return import_string(getattr(settings, "CATALOGUE", "catalog.listing.postgres.PostgresCatalogue"))()
