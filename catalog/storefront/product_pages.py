"""The page of a product."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from catalog.listing.interface import ListQuery, catalogue
from catalog.listing.postgres import cards_for
from catalog.listing.rules.paths import language_prefix, product_path
from catalog.listing.selectors.shown import slug_in
from catalog.listing.services.draft import draft_of
from catalog.product.models import Product
from catalog.storefront.bodies import ready_blocks
from catalog.storefront.choosing import chosen_variant, options_of, shown_variant
from catalog.storefront.delivery import delivery_to
from catalog.storefront.page_cache import keep
from catalog.storefront.review_context import on_product, review_data, write_url
from catalog.storefront.seo import breadcrumb_list, languages, product_data, seo, structured_data
from shop.core.api.context import page_context
from shop.core.context import ShopContext
from shop.core.pages import serves

RELATED = 4


def product_page(request: HttpRequest, slug: str) -> HttpResponse:
    context = page_context(request)
    found = catalogue().detail_by_slug(slug, context)
    if found is None:
        return _elsewhere(slug, context)
    product = json.loads(found)
    related = _related(product, context)
    shown = render(request, "catalog/product.html", page_of(request, product, related, context))
    return keep(shown, ["site", *(f"prod-{one['id']}" for one in [product, *related])])


def page_of(
    request: HttpRequest, product: dict[str, Any], related: list[dict[str, Any]], context: ShopContext
) -> dict[str, Any]:
    """The context of `catalog/product.html`, from the product of the API."""
    selected = chosen_variant(product["variants"], request.GET.get("variant", ""))
    crumbs = _crumbs(product, context.locale)
    slugs = product["languages"]
    source = next(iter(slugs.values()))
    reviews = on_product(product, context.locale)
    paths = {code: product_path(slugs.get(code, source), code) for code, _name in settings.LANGUAGES}
    return {
        "product": product | {"made_by_text": _made_by(product)},
        "selected": shown_variant(selected, product, context.locale),
        "options": options_of(product, selected),
        "variant_data": {v["id"]: shown_variant(v, product, context.locale) for v in product["variants"]},
        "delivery": delivery_to(request.GET.get("pincode", ""), product, context),
        "maker": _maker(product["maker"]),
        "body": ready_blocks(product["body"]),
        "related": related,
        "reviews": reviews,
        "write_url": write_url(product["id"], context.locale),
        "breadcrumbs": crumbs,
        "languages": languages(paths, context.locale, indexed=slugs),
        "seo": seo(product["seo"]["title"], description=product["seo"]["description"], path=product["url"],
                   image=product["seo"]["image"]),
        "structured_data": structured_data(
            product_data(product) | review_data(product, reviews["items"]), breadcrumb_list(crumbs)
        ),
    }  # fmt: skip


@serves(Product)
def preview_product(request: HttpRequest, product: Product) -> HttpResponse:
    """A draft as its page would be."""
    context = page_context(request)
    shown = draft_of(product=product, context=context)
    return render(request, "catalog/product.html", page_of(request, shown, _related(shown, context), context))


def _elsewhere(slug: str, context: ShopContext) -> HttpResponse:
    """The slug of another language leads to this language's address."""
    path = slug_in(slug, context.locale)
    if path is None:
        raise Http404
    return redirect(product_path(path, context.locale), permanent=False)


def _related(product: dict[str, Any], context: ShopContext) -> list[dict[str, Any]]:
    """Those that were chosen for it, else what is bought most from the same shelf."""
    cards = cards_for(product["related"][:RELATED], context) if product["related"] else []
    if not cards and product["category"]:
        query = ListQuery(context, category=product["category"], ordering="popular", page_size=RELATED + 1)
        cards = json.loads(catalogue().list(query).results)
    return [card for card in cards if card["id"] != product["id"]][:RELATED]


def _crumbs(product: dict[str, Any], locale: str) -> list[dict[str, str]]:
    above = [{"title": shelf["name"], "url": shelf["url"]} for shelf in product["breadcrumbs"]]
    return [{"title": _("Home"), "url": f"{language_prefix(locale)}/"}, *above, {"title": product["name"]}]


def _made_by(product: dict[str, Any]) -> str:
    return _("Made by %(maker)s") % {"maker": product["maker_place"]} if product["maker_place"] else ""


def _maker(maker: dict[str, Any] | None) -> dict[str, Any] | None:
    if maker is None or not maker["story"]:
        return None
    facts = [{"label": _("With us since"), "value": maker["since"]}] if maker["since"] else []
    return maker | {"initial": maker["name"][:1], "text": strip_tags(maker["story"]).strip(), "facts": facts}
