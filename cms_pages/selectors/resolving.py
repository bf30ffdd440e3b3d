"""What stands at a path of the shop, in any language: a router of a client asks this once per address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from catalog.listing.models import Detail, Shelf
from catalog.listing.rules.paths import brand_path, language_prefix, product_path
from catalog.product.models import Brand
from cms_pages.selectors.public_pages import public_pages, translations_of

MAX_PATH = 2000
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # some of which `urlsplit` leaves out: nothing would be the home page


@dataclass(frozen=True)
class Place:
    """`kind`: product, category, page, brand, search, redirect, none. `translations`: paths by language, where the
    thing has one. `location` and `is_permanent` are those of a redirect."""

    kind: str
    id: int | None = None
    path: str = ""
    locale: str = settings.LANGUAGE_CODE
    translations: dict[str, str] = field(default_factory=dict)
    location: str = ""
    is_permanent: bool = False


def resolve_path(address: str) -> Place:
    """At most three queries for what is there, four for a redirect. Query and fragment of the address are left out."""
    path = unquote(urlsplit(address).path)
    path = "/" + "/".join(part for part in path.split("/") if part) + "/" if path.strip("/") else "/"
    if CONTROL.search(address) or CONTROL.search(path) or len(path) > MAX_PATH:
        return Place("none")
    locale, rest = _split(path)
    found = _product(rest, locale) or _brand(rest, locale) or _search(rest, locale)
    found = found or _category(path, locale) or _page(rest, locale)
    return found or _redirect(path, locale) or Place("none", path=path, locale=locale)


def translations_by_id(kind: str, id_: int) -> dict[str, str]:
    """Paths of a product, category, page or brand by language; empty where it is not on show. One query or two."""
    return _BY_ID[kind](id_)


def _split(path: str) -> tuple[str, str]:
    """`/hi/product/x/` → `hi`, `/product/x/`."""
    first, _slash, rest = path[1:].partition("/")
    if first != settings.LANGUAGE_CODE and first in dict(settings.LANGUAGES):
        return first, f"/{rest}"
    return settings.LANGUAGE_CODE, path


def _slug(rest: str, place: str) -> str:
    parts = rest.strip("/").split("/")
    return parts[1] if len(parts) == 2 and parts[0] == place else ""


def _product(rest: str, locale: str) -> Place | None:
    slug = _slug(rest, "product")
    if not slug:
        return None
    named = Detail.objects.filter(slug=slug).values("core_id")
    rows = list(Detail.objects.filter(core_id__in=named).order_by("is_fallback", "core_id", "locale"))
    here = next((row for row in rows if (row.slug, row.locale) == (slug, locale)), None)
    if here is not None:
        paths = _product_paths([row for row in rows if row.core_id == here.core_id])
        return Place("product", here.core_id, paths[locale], locale, paths)
    meant = next((row for row in rows if row.slug == slug and not row.is_fallback), None)
    shown = meant and next((row for row in rows if (row.core_id, row.locale) == (meant.core_id, locale)), None)
    return Place("redirect", locale=locale, location=product_path(shown.slug, locale)) if shown else None


def _product_paths(rows: list[Detail]) -> dict[str, str]:
    return {row.locale: product_path(row.slug, row.locale) for row in sorted(rows, key=lambda row: row.locale)}


def _brand(rest: str, locale: str) -> Place | None:
    slug = _slug(rest, "brand")
    brand = Brand.objects.filter(slug=slug, live=True).only("slug").first() if slug else None
    return Place("brand", brand.pk, brand_path(brand.slug, locale), locale, _brand_paths(brand)) if brand else None


def _brand_paths(brand: Brand) -> dict[str, str]:
    return {code: brand_path(brand.slug, code) for code, _name in settings.LANGUAGES}


def _search(rest: str, locale: str) -> Place | None:
    if rest != "/search/":
        return None
    paths = {code: f"{language_prefix(code)}/search/" for code, _name in settings.LANGUAGES}
    return Place("search", None, paths[locale], locale, paths)


def _category(path: str, locale: str) -> Place | None:
    named = Shelf.objects.filter(url__in={path, quote(path)}, is_private=False).values("category_id")
    rows = list(Shelf.objects.filter(category_id__in=named).order_by("locale"))
    if not rows:
        return None
    paths = {row.locale: row.url for row in rows}
    return Place("category", rows[0].category_id, paths.get(locale, path), locale, paths)


def _page(rest: str, locale: str) -> Place | None:
    roots = {root.root_path for root in Site.get_site_root_paths() if root.language_code in (locale, None)}
    wanted = {root.rstrip("/") + rest for root in roots}
    public = public_pages()
    meant = public.filter(url_path__in=wanted).order_by("pk").values("translation_key")[:1]
    pages = list(public.filter(translation_key__in=meant).order_by("pk"))
    page = next((page for page in pages if page.url_path in wanted), None)
    if page is None:
        return None
    paths = _page_paths(pages)
    return Place("page", page.pk, paths.get(locale, ""), locale, paths)


def _page_paths(pages: Iterable[Page]) -> dict[str, str]:
    return {page.locale.language_code: page.url or "" for page in pages}


def _redirect(path: str, locale: str) -> Place | None:
    rows = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).order_by("site")
    found = rows.select_related("redirect_page").first()
    if found is None or not found.link:
        return None
    return Place("redirect", None, path, locale, {}, local(found.link), found.is_permanent)


def local(link: str) -> str:
    """The path of a link into this shop; another link as it is."""
    return link.removeprefix(settings.SITE_URL) or "/"


def _paths_of_page(page_id: int) -> dict[str, str]:
    page = Page.objects.filter(pk=page_id).first()
    return _page_paths(translations_of(page)) if page else {}


def _paths_of_brand(brand_id: int) -> dict[str, str]:
    brand = Brand.objects.filter(pk=brand_id, live=True).first()
    return _brand_paths(brand) if brand else {}


_BY_ID = {
    "product": lambda id_: _product_paths(list(Detail.objects.filter(core_id=id_))),
    "category": lambda id_: dict(
        Shelf.objects.filter(category_id=id_, is_private=False).order_by("locale").values_list("locale", "url")
    ),
    "page": _paths_of_page,
    "brand": _paths_of_brand,
}
KINDS = tuple(_BY_ID)
