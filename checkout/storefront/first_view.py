"""What is seen first at an address of the React client: written into its page, so that it stands there before any script.

Made of the answers that the client gets too (`early_answers`), in the markup and style sheet of its components, which
take its place without a shift. It holds no button that would do nothing yet, and nothing that belongs to one person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from checkout.storefront.early_answers import Early

APP = "/app"
ASKED_THERE = "privacy/choices"
CARDS = 8  # more than a first screen holds


def marks(early: Early) -> SafeString:
    """The root element, with what `theme.js` asks it for."""
    return format_html(
        '<html lang="{}" class="js" data-consent-version="{}" data-first-view="{} {}">',
        early.lang, _consent(early).get("version", 0), early.lang, early.currency,
    )  # fmt: skip


def first_view(early: Early, path: str) -> SafeString:
    """For `path` below /app/. Where nothing is known of what stands there: what stands around it."""
    with translation.override(early.lang):
        context = _frame(early, path) | {"kind": early.kind if early.shown else "", "sizes": early.sizes}
        return SafeString(render_to_string("frontend/first_view.html", context | _shown(early)))


def _frame(early: Early, path: str) -> dict[str, Any]:
    menu = early.answers.get("/api/navigation/") or {}
    return {
        "is_client": True,
        "is_slim": path.startswith("checkout"),
        "app": APP,
        "current_path": f"{APP}/{path}",
        "lang_prefix": early.prefix,
        "demo_notice": settings.DEMO,
        "shop": {"notices": menu.get("notices", ())},
        "nav": [_entry(link, f"/{path}") for link in menu.get("navigation", ())],
        "consent": {} if path.startswith(ASKED_THERE) else _consent(early),
    }


def _entry(link: dict, here: str) -> dict[str, Any]:
    return {
        "title": link["text"],
        "url": _within(link["url"]),
        "current": "page" if here.startswith(link["url"]) else "",
    }


def _within(url: str) -> str:
    """The same place in the client."""
    return APP + url if url.startswith("/") else url


def _consent(early: Early) -> dict[str, Any]:
    texts = (early.answers.get("/api/consent/") or {}).get("texts") or ()
    return next((text for text in texts if text["purpose"] == "analytics"), {})


def _product(product: dict) -> dict[str, Any]:
    variants = product.get("variants") or ()
    chosen: dict[str, Any] = next((variant for variant in variants if variant["in_stock"]), next(iter(variants), {}))
    crumbs = [{"title": shelf["name"], "url": _within(shelf["url"])} for shelf in product["breadcrumbs"]]
    images = product["images"] or [image for image in (product["image"],) if image]
    return {"product": product, "variant": chosen, "images": images, "breadcrumbs": _crumbs(crumbs, product["name"])}


def _category(shown: dict) -> dict[str, Any]:
    *above, shelf = shown["path"]
    crumbs = [{"title": each["name"], "url": _within(each["url"])} for each in above]
    chips = [{"title": each["name"], "url": _within(each["url"])} for each in shelf["children"]]
    cards = [card | {"url": _within(card["url"])} for card in shown["listed"].get("results", ())[:CARDS]]
    listed = {"count": shown["listed"].get("count", 0), "cards": cards}
    return {"shelf": shelf, "chips": chips, "breadcrumbs": _crumbs(crumbs, shelf["name"])} | listed


def _page(page: dict) -> dict[str, Any]:
    first: dict[str, Any] = next(iter(page.get("body") or ()), {"type": ""})
    hero = first["value"] if first["type"] == "hero" else None
    links = [link | {"url": _within(link["url"])} for link in hero["links"]] if hero else []
    return {"page": page, "hero": hero, "links": links, "breadcrumbs": _crumbs([], page["title"])}


def _crumbs(above: list[dict[str, str]], here: str) -> list[dict[str, str]]:
    return [{"title": gettext("Home"), "url": f"{APP}/"}, *above, {"title": here, "url": ""}]


_KINDS: dict[str, Callable[[dict], dict[str, Any]]] = {
    "product": _product, "category": _category, "page": _page, "home": _page,
}  # fmt: skip


def _shown(early: Early) -> dict[str, Any]:
    return _KINDS[early.kind](early.shown) if early.shown else {}
