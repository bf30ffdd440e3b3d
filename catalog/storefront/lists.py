"""Pages that list products: a category, a brand, a search."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail import views as wagtail_views

from catalog.api.parameters import query_of
from catalog.listing.building.bodies import plain_text
from catalog.listing.building.heads import head_of
from catalog.listing.images import image_ids_in, pictures_of
from catalog.listing.interface import ListPage, ListQuery, catalogue
from catalog.listing.rules.paths import brand_path, language_prefix
from catalog.listing.selectors.shelves import ShelfView, Surroundings, around, shelves_in
from catalog.product.models import Brand, CategoryPage
from catalog.storefront.bodies import ready_blocks
from catalog.storefront.filters import PAGE_SIZE, listing_of
from catalog.storefront.page_cache import keep
from catalog.storefront.seo import breadcrumb_list, languages, seo, structured_data
from shop.core.api.context import page_context, page_locale
from shop.core.errors import Invalid, NotThere
from shop.core.pages import serves

NEAREST = 6
NO_CATEGORY = -1  # a category that is not live yet: its preview shows an empty shelf


def shelf_or_page(request: HttpRequest, path: str) -> HttpResponse:
    """Categories by their path, which the read model knows; whatever else lies there is Wagtail's."""
    near = around(page_locale(), path=request.path) if path else None
    if near is None or near.is_private:
        return wagtail_views.serve(request, path)
    return show_category(request, near, near.head)


@serves(CategoryPage)
def category_page(request: HttpRequest, page: CategoryPage) -> HttpResponse:
    """A category that is private, or a preview of one. Never kept."""
    near = around(page_locale(), page_id=page.pk)
    if near is None and not getattr(request, "is_preview", False):
        raise Http404
    pictures = pictures_of(image_ids_in(page.body.raw_data))
    answer = show_category(request, near, head_of(page, pictures))
    answer.surrogates = None  # type: ignore[attr-defined]
    return answer


def show_category(request: HttpRequest, near: Surroundings | None, head: dict[str, Any]) -> HttpResponse:
    locale = page_locale()
    query = _asked(request, category=near.shelf.id if near else NO_CATEGORY)
    found = _find(replace(query, ordering=query.ordering or near.shelf.default_sort) if near else query)
    listing, pager = listing_of(request, query, found)
    crumbs = _crumbs(near, head["name"], locale)
    category = {"name": head["name"], "description": head["intro"], "chips": _chips(near) if near else []}
    image = near.shelf.image["url"] if near and near.shelf.image else None
    answer = render(request, "catalog/category.html", {
        "category": category, "breadcrumbs": crumbs, "listing": listing, "pager": pager,
        "body": ready_blocks(head["body"]), "languages": languages(near.paths if near else {}, locale),
        "seo": seo(head["seo_title"], description=head["seo_description"], path=_canonical(request, query), image=image,
                   noindex=bool(listing["applied"])),
        "structured_data": structured_data(breadcrumb_list(crumbs)),
    })  # fmt: skip
    return keep(answer, ["site", f"cat-{near.shelf.id}"]) if near else answer


def brand_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = Brand.objects.filter(slug=slug, live=True).select_related("image").first()
    if brand is None:
        raise Http404
    return keep(show_brand(request, brand), ["site", "cat-0", f"brand-{brand.pk}"])


@serves(Brand)
def show_brand(request: HttpRequest, brand: Brand) -> HttpResponse:
    context = page_context(request)
    query = replace(_asked(request), brands=(brand.slug,))
    listing, pager = listing_of(request, query, _find(query), but=["brand"])
    texts = brand.texts.get(context.locale, {})
    name, story = texts.get("name") or brand.name, plain_text(texts.get("story") or brand.story)
    crumbs = [_home(context.locale), {"title": name}]
    paths = {code: brand_path(brand.slug, code) for code, _name in settings.LANGUAGES}
    facts = [{"label": _("With us since"), "value": brand.since}] if brand.since else []
    return render(request, "catalog/brand.html", {
        "brand": {"name": name, "place": texts.get("place") or brand.place, "description": story, "facts": facts},
        "breadcrumbs": crumbs, "listing": listing, "pager": pager, "languages": languages(paths, context.locale),
        "seo": seo(brand.seo_title or name, description=brand.seo_description or story[:170],
                   path=_canonical(request, query), image=brand.image.file.url if brand.image else None,
                   noindex=bool(listing["applied"])),
        "structured_data": structured_data(breadcrumb_list(crumbs)),
    })  # fmt: skip


def search_page(request: HttpRequest) -> HttpResponse:
    context = page_context(request)
    query = _asked(request)
    found = _find(query)
    listing, pager = listing_of(request, query, found)
    shelves = shelves_in(context.locale)
    nothing = not found.count and not listing["applied"]
    suggested = _find(ListQuery(context, ordering="popular", page_size=4)) if nothing else None
    paths = {code: f"{language_prefix(code)}/search/" for code, _name in settings.LANGUAGES}
    answer = render(request, "catalog/search.html", {
        "query": found.corrected or query.text, "corrected_from": query.text if found.corrected else "",
        "listing": listing, "pager": pager, "languages": languages(paths, context.locale, indexed=()),
        "nearest_categories": _nearest(query.text, shelves),
        "suggested": listing_of(request, query, suggested)[0]["results"] if suggested else [],
        "seo": seo(query.text or _("All pieces"), path=request.path, noindex=bool(request.GET)),
    })  # fmt: skip
    return keep(answer, ["site", "cat-0"])


def _asked(request: HttpRequest, category: int | None = None) -> ListQuery:
    """What is asked for, without what cannot be understood: a page says nothing about a mistyped filter, it shows the
    shelf without it. Amounts may have been typed with commas."""
    given = request.GET.copy()
    for name in ("min_price", "max_price"):
        if name in given:
            given[name] = str(given[name]).replace(",", "").replace(" ", "")
    request.GET = given  # type: ignore[assignment]
    while True:
        try:
            query = query_of(request, category=category, context=page_context(request))
            return replace(query, facets=True, page_size=PAGE_SIZE)
        except Invalid as wrong:
            for name in wrong.errors:
                given.pop(name, None)
        except NotThere:
            raise Http404 from None


def _find(query: ListQuery) -> ListPage:
    try:
        return catalogue().list(query)
    except NotThere:
        raise Http404 from None


def _chips(near: Surroundings) -> list[dict[str, Any]]:
    """Down to the shelves below, or across to those beside where there are none below."""
    parent = near.shelves.get(near.shelf.parent or 0)
    ids = near.shelf.children or (parent.children if parent else [])
    shown = [near.shelves[id_] for id_ in ids]
    return (
        [{"title": one.name, "url": one.url, "current": one is near.shelf} for one in shown] if len(shown) > 1 else []
    )


def _crumbs(near: Surroundings | None, title: str, locale: str) -> list[dict[str, str]]:
    above = [near.shelves[id_] for id_ in near.shelf.ancestors[:-1] if id_ in near.shelves] if near else []
    return [_home(locale), *({"title": up.name, "url": up.url} for up in above), {"title": title}]


def _home(locale: str) -> dict[str, str]:
    return {"title": _("Home"), "url": f"{language_prefix(locale)}/"}


def _nearest(text: str, shelves: dict[int, ShelfView]) -> list[dict[str, str]]:
    """Categories with a word of the search in their name, else the top ones."""
    words = {word[:4] for word in text.lower().split() if len(word) > 2}
    near = [shelf for shelf in shelves.values() if any(word in shelf.name.lower() for word in words)]
    found = near or [shelf for shelf in shelves.values() if shelf.parent is None]
    return [{"name": shelf.name, "url": shelf.url} for shelf in found[:NEAREST]]


def _canonical(request: HttpRequest, query: ListQuery) -> str:
    """Filters and sorting are views of the same list; its pages are not."""
    return f"{request.path}?page={query.page}" if query.page > 1 else request.path
