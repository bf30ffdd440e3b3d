"""What links lead to, as they are stored (ids of their targets): kind, id and path in one language, read for many at
once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from wagtail.models import Page

from catalog.listing.rules.paths import brand_path, language_prefix, product_path

Link = Mapping[str, Any]
BIGGEST_ID = 2**63 - 1

# Kind, the id that is stored, and what is told of it. Of a category any page may be named; of a page the version in the
# language is shown, else that which is named; of a product on sale any of its editorial rows may be named.
TARGETS = """
SELECT 'shelf', asked.id, json_build_array(shelf.category_id, shelf.name, shelf.slug, shelf.url, shelf.image)
FROM unnest(%(pages)s::bigint[]) asked(id)
JOIN listing_shelf named ON named.page_id = asked.id OR named.category_id = asked.id
JOIN listing_shelf shelf ON shelf.category_id = named.category_id AND shelf.locale = %(locale)s
UNION ALL
SELECT 'page', page.id, json_build_array(coalesce(shown.id, page.id), coalesce(shown.url_path, page.url_path))
FROM wagtailcore_page page
LEFT JOIN wagtailcore_locale locale ON locale.language_code = %(locale)s
LEFT JOIN wagtailcore_page shown
    ON shown.translation_key = page.translation_key AND shown.locale_id = locale.id AND shown.live
WHERE page.id = ANY(%(pages)s::bigint[])
UNION ALL
SELECT 'product', named.id, json_build_array(detail.core_id, detail.slug)
FROM product_product named JOIN listing_detail detail ON detail.core_id = named.core_id AND detail.locale = %(locale)s
WHERE named.id = ANY(%(products)s::bigint[])
UNION ALL
SELECT 'brand', id, json_build_array(id, slug) FROM product_brand WHERE id = ANY(%(brands)s::bigint[]) AND live"""


class Target(NamedTuple):
    """`kind`: page, category, product, brand, address (of this shop), external, none. `id` is that of the API, 0 where
    it has none."""

    kind: str
    id: int
    url: str


NOWHERE = Target("none", 0, "")


class Tile(NamedTuple):
    """A category on show. `image` as the API tells it."""

    id: int
    name: str
    slug: str
    url: str
    image: dict[str, Any] | None


@dataclass
class Targets:
    """By the ids that are stored: of a page, of a product's editorial row, of a brand."""

    locale: str
    pages: dict[int, Target] = field(default_factory=dict)
    products: dict[int, Target] = field(default_factory=dict)
    brands: dict[int, Target] = field(default_factory=dict)
    shelves: dict[int, Tile] = field(default_factory=dict)  # by the id of any page of the category

    def of(self, link: Link) -> Target:
        for name, found in (("page", self.pages), ("product", self.products), ("brand", self.brands)):
            if link.get(name):
                return found.get(link[name], NOWHERE)
        return _typed(link.get("address") or "", self.locale)


def targets_of(
    links: Sequence[Link], locale: str, *, pages: Iterable[int] = (), products: Iterable[int] = ()
) -> Targets:
    """Targets of these links and, beside them, of these pages and products. One query, none where nothing is named."""
    found, rows = Targets(locale), _read(links, locale, pages, products)
    found.shelves = {pk: Tile(*told) for pk, told in rows["shelf"]}
    found.pages = {pk: Target("page", told[0], _address(*told)) for pk, told in rows["page"] if pk not in found.shelves}
    found.pages |= {pk: Target("category", tile.id, tile.url) for pk, tile in found.shelves.items()}
    found.products = {pk: Target("product", told[0], product_path(told[1], locale)) for pk, told in rows["product"]}
    found.brands = {pk: Target("brand", pk, brand_path(told[1], locale)) for pk, told in rows["brand"]}
    return found


def _read(
    links: Sequence[Link], locale: str, pages: Iterable[int], products: Iterable[int]
) -> dict[str, list[tuple[int, list[Any]]]]:
    """By kind: the id that is stored, and what is told of it."""
    named = {
        "pages": _storable({*pages, *_ids(links, "page")}),
        "products": _storable({*products, *_ids(links, "product")}),
        "brands": _storable(_ids(links, "brand")),
    }
    rows: dict[str, list[tuple[int, list[Any]]]] = {"shelf": [], "page": [], "product": [], "brand": []}
    if any(named.values()):
        with connection.cursor() as cursor:
            cursor.execute(TARGETS, {"locale": locale, **named})
            for kind, pk, told in cursor.fetchall():
                rows[kind].append((pk, told))
    return rows


def _ids(links: Iterable[Link], kind: str) -> set[int]:
    return {link[kind] for link in links if isinstance(link.get(kind), int)}


def _storable(ids: Iterable[int]) -> list[int]:
    return [pk for pk in ids if 0 < pk <= BIGGEST_ID]


def _address(page_id: int, url_path: str) -> str:
    return Page(pk=page_id, url_path=url_path).url or ""


def _typed(address: str, locale: str) -> Target:
    if not address:
        return NOWHERE
    if address.startswith("/"):
        return Target("address", 0, language_prefix(locale) + address)
    return Target("external", 0, address)
