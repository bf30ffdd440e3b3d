"""Everything that has an address, a page at a time: products, categories, makers, then pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Min
from wagtail.models import PageQuerySet

from catalog.listing.models import Detail, Shelf
from catalog.listing.rules.paths import brand_path, product_path
from catalog.product.models import Brand, CategoryPage
from cms_pages.selectors.public_pages import public_pages


class Entry(NamedTuple):
    """`paths` by language: translations only, not what falls back to another language's text."""

    kind: str
    id: int
    paths: dict[str, str]
    lastmod: datetime | None


def sitemap(*, offset: int, limit: int) -> tuple[int, list[Entry]]:
    """How many there are, and these. At most thirteen queries, whatever the size of the shop."""
    public = public_pages()
    parts: list[tuple[Any, Callable[[list[int]], Iterable[Entry]]]] = [
        (_product_ids(), _products), (_category_ids(), _categories), (_brand_ids(), _brands),
        (_page_ids(public), partial(_pages, public)),
    ]  # fmt: skip
    counts = [ids.count() for ids, _read in parts]
    entries: list[Entry] = []
    for (ids, read), count in zip(parts, counts, strict=True):
        if offset < count and limit > len(entries):
            entries += read(list(ids[offset : offset + limit - len(entries)]))
        offset = max(offset - count, 0)
    return sum(counts), entries


def _product_ids() -> Any:
    return Detail.objects.filter(is_fallback=False).order_by("core_id").values_list("core_id", flat=True).distinct()


def _products(ids: list[int]) -> Iterable[Entry]:
    rows: dict[int, list[Detail]] = {id_: [] for id_ in ids}
    for row in Detail.objects.filter(core_id__in=ids, is_fallback=False).order_by("locale").defer("data"):
        rows[row.core_id].append(row)
    for id_, versions in rows.items():
        paths = {row.locale: product_path(row.slug, row.locale) for row in versions}
        yield Entry("product", id_, paths, max(row.updated_at for row in versions))


def _category_ids() -> Any:
    shown = Shelf.objects.filter(is_private=False).values("category_id").annotate(at=Min("position"))
    return shown.order_by("at", "category_id").values_list("category_id", flat=True)


def _categories(ids: list[int]) -> Iterable[Entry]:
    """A category without a translation has the address of its source language."""
    rows: dict[int, dict[str, str]] = {id_: {} for id_ in ids}
    for id_, locale, url in Shelf.objects.filter(category_id__in=ids).values_list("category_id", "locale", "url"):
        rows[id_][locale] = url
    changed = dict(CategoryPage.objects.filter(pk__in=ids).values_list("pk", "last_published_at"))
    for id_, urls in rows.items():
        source = urls.get(settings.LANGUAGE_CODE, "")
        paths = {code: url for code, url in sorted(urls.items()) if code == settings.LANGUAGE_CODE or url != source}
        yield Entry("category", id_, paths, changed.get(id_))


def _brand_ids() -> Any:
    return Brand.objects.filter(live=True).order_by("pk").values_list("pk", flat=True)


def _brands(ids: list[int]) -> Iterable[Entry]:
    for pk, slug, at in Brand.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "slug", "last_published_at"):
        yield Entry("brand", pk, {code: brand_path(slug, code) for code, _name in settings.LANGUAGES}, at)


def _page_ids(public: PageQuerySet) -> Any:
    """The first page of each group of translations."""
    groups = public.not_type(CategoryPage).order_by().values("translation_key").annotate(first=Min("pk"))
    return groups.order_by("first").values_list("first", flat=True)


def _pages(public: PageQuerySet, ids: list[int]) -> Iterable[Entry]:
    groups: dict[Any, list[Any]] = {}
    for page in public.filter(translation_key__in=public.filter(pk__in=ids).values("translation_key")).order_by("pk"):
        groups.setdefault(page.translation_key, []).append(page)
    for versions in groups.values():
        paths = {page.locale.language_code: page.url or "" for page in versions}
        at = max((page.last_published_at for page in versions if page.last_published_at), default=None)
        yield Entry("page", versions[0].pk, paths, at)
