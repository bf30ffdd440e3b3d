"""A ListQuery as SQL conditions on placements. Every value is a parameter; only our own words become SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from catalog.listing.interface import ListQuery
from catalog.listing.models import WHOLE_SHOP
from catalog.listing.rules.words import CONFIGURATIONS

CATEGORY_BY_SLUG = (
    "coalesce((SELECT category_id FROM listing_shelf WHERE locale = %(locale)s AND slug = %(category)s LIMIT 1),"
    " (SELECT category_id FROM listing_shelf WHERE slug = %(category)s ORDER BY category_id LIMIT 1), -1)"
)
BRANDS = (
    "p.brand_id = ANY(ARRAY(SELECT id FROM product_brand"
    " WHERE slug = ANY(%(brands)s) OR lower(name) = ANY(%(brands)s)))"
)


@dataclass
class Conditions:
    """`always` hold; each of `own` belongs to a facet, which is counted without it. `parameters` for all of them."""

    always: list[str]
    own: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def where(self) -> str:
        return " AND ".join([*self.always, *self.own.values()])

    @property
    def is_bare_shelf(self) -> bool:
        """Whether the shelf is asked for as it stands, so that its count is known."""
        return len(self.always) == 2 and not self.own


def conditions_of(query: ListQuery) -> Conditions:
    found = Conditions(["p.category_id = " + _category(query), "p.currency = %(currency)s"])
    found.parameters |= {
        "currency": query.context.currency,
        "locale": query.context.locale,
        "category": query.category,
        "limit": query.page_size,
        "offset": (query.page - 1) * query.page_size,
    }
    _add_flags(query, found)
    _add_facets(query, found)
    return found


def _category(query: ListQuery) -> str:
    if query.category is None:
        return str(WHOLE_SHOP)
    return CATEGORY_BY_SLUG if isinstance(query.category, str) else "%(category)s"


def _add_flags(query: ListQuery, found: Conditions) -> None:
    for name in ("in_stock", "on_sale"):
        wanted = getattr(query, name)
        if wanted is not None:
            found.always.append(f"p.{name}" if wanted else f"NOT p.{name}")
    if query.rating_min is not None:
        found.always.append("p.rating >= %(rating_min)s::numeric")
        found.parameters["rating_min"] = query.rating_min
    if query.text:
        found.always.append("p.core_id IN (SELECT core_id FROM hits)")
        found.parameters["text"] = query.text


def _add_facets(query: ListQuery, found: Conditions) -> None:
    if query.brands:
        found.own["brand"] = BRANDS
        found.parameters["brands"] = [text for brand in query.brands for text in {brand, brand.lower()}]
    prices = [f"p.price {sign} %({name})s" for name, sign in (("min_price", ">="), ("max_price", "<="))
              if getattr(query, name) is not None]  # fmt: skip
    if prices:
        found.own["price"] = " AND ".join(prices)
        found.parameters |= {"min_price": query.min_price, "max_price": query.max_price}
    for number, (code, values) in enumerate(sorted(query.attributes.items())):
        found.own[f"attr:{code}"] = f"p.facets && %(attribute{number})s::varchar[]"
        found.parameters[f"attribute{number}"] = [f"{code}={value}" for value in values]


def text_query(*, corrected: bool = False) -> str:
    """A tsquery that any of the shop's languages may satisfy: people search English names in Hindi and the other way
    round."""
    words = "corrected.words" if corrected else "%(text)s"
    ways = [*CONFIGURATIONS.values(), "shop_simple"]
    return "(" + " || ".join(f"websearch_to_tsquery('{way}', {words})" for way in ways) + ")"
