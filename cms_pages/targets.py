"""What links lead to, as they are stored (ids of their targets): kind, id and path in one language, read for many at
once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q
from wagtail.models import Page

from catalog.listing.models import Detail, Shelf
from catalog.listing.rules.paths import brand_path, language_prefix, product_path
from catalog.product.models import Brand

Link = Mapping[str, Any]


class Target(NamedTuple):
    """`kind`: page, category, product, brand, address (of this shop), external, none. `id` is that of the API, 0 where
    it has none."""

    kind: str
    id: int
    url: str


NOWHERE = Target("none", 0, "")


@dataclass
class Targets:
    """By the ids that are stored: of a page, of a product's editorial row, of a brand."""

    locale: str
    pages: dict[int, Target] = field(default_factory=dict)
    products: dict[int, Target] = field(default_factory=dict)
    brands: dict[int, Target] = field(default_factory=dict)
    shelves: dict[int, Shelf] = field(default_factory=dict)  # by the id of any page of the category

    def of(self, link: Link) -> Target:
        for name, found in (("page", self.pages), ("product", self.products), ("brand", self.brands)):
            if link.get(name):
                return found.get(link[name], NOWHERE)
        return _typed(link.get("address") or "", self.locale)


def targets_of(
    links: Sequence[Link], locale: str, *, pages: Iterable[int] = (), products: Iterable[int] = ()
) -> Targets:
    """Targets of these links and, beside them, of these pages and products. At most four queries: categories, other
    pages, products, brands."""
    found = Targets(locale)
    page_ids = {*pages, *_ids(links, "page")}
    found.shelves = _shelves(page_ids, locale)
    found.pages = {
        page_id: Target("category", shelf.category_id, shelf.url) for page_id, shelf in found.shelves.items()
    }
    found.pages |= _pages(page_ids - found.pages.keys(), locale)
    found.products = _products({*products, *_ids(links, "product")}, locale)
    found.brands = _brands(_ids(links, "brand"), locale)
    return found


def _ids(links: Iterable[Link], kind: str) -> set[int]:
    return {link[kind] for link in links if isinstance(link.get(kind), int)}


def _typed(address: str, locale: str) -> Target:
    if not address:
        return NOWHERE
    if address.startswith("/"):
        return Target("address", 0, language_prefix(locale) + address)
    return Target("external", 0, address)


def _shelves(page_ids: set[int], locale: str) -> dict[int, Shelf]:
    """The category on show in this language, by the id of any of its pages."""
    if not page_ids:
        return {}
    named = Shelf.objects.filter(Q(page_id__in=page_ids) | Q(category_id__in=page_ids)).values("category_id")
    rows = list(Shelf.objects.filter(category_id__in=named).order_by("pk"))
    shown = {row.category_id: row for row in rows if row.locale == locale}
    found = {page_id: shown.get(row.category_id) for row in rows for page_id in (row.page_id, row.category_id)}
    return {page_id: shelf for page_id, shelf in found.items() if shelf and page_id in page_ids}


def _pages(page_ids: set[int], locale: str) -> dict[int, Target]:
    """Pages in this language, in their own where they have no translation."""
    if not page_ids:
        return {}
    keys = Page.objects.filter(pk__in=page_ids).values("translation_key")
    versions = Page.objects.filter(translation_key__in=keys).select_related("locale").order_by("pk")
    found = list(versions.only("translation_key", "live", "url_path", "locale__language_code"))
    active = {page.translation_key: page for page in found if page.live and page.locale.language_code == locale}
    shown = {page.pk: active.get(page.translation_key, page) for page in found if page.pk in page_ids}
    return {pk: Target("page", page.pk, page.url or "") for pk, page in shown.items()}


def _products(row_ids: set[int], locale: str) -> dict[int, Target]:
    """Products on sale, by the id of any of their editorial rows."""
    if not row_ids:
        return {}
    rows = Detail.objects.filter(locale=locale, core__contents__pk__in=row_ids)
    named = rows.values_list("core__contents__pk", "core_id", "slug")
    return {pk: Target("product", core_id, product_path(slug, locale)) for pk, core_id, slug in named}


def _brands(ids: set[int], locale: str) -> dict[int, Target]:
    if not ids:
        return {}
    slugs = Brand.objects.filter(pk__in=ids, live=True).values_list("pk", "slug")
    return {pk: Target("brand", pk, brand_path(slug, locale)) for pk, slug in slugs}
