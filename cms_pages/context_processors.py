"""What every rendered page shows around its content. Read once, then kept for some seconds: it changes rarely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Site

from cms_pages.blocks.links import language_prefix
from cms_pages.selectors.frame import SeenFrame, all_links, columns_of, links_of, notices_of, surroundings
from cms_pages.targets import Link, targets_of
from shop.core.api.context import page_currency

KEPT_SECONDS = 15
SYMBOLS = {"INR": "₹", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def site(request) -> dict[str, Any]:
    frame = SimpleLazyObject(lambda: _frame(request))
    return {
        "lang_prefix": language_prefix(),
        "currency": page_currency(request),
        "currencies": [
            {"code": code, "symbol": SYMBOLS.get(code, code), "current": code == page_currency(request)}
            for code in settings.CURRENCIES
        ],
        "languages": SimpleLazyObject(lambda: _languages(request)),
        "current_path": request.path,
        "demo_notice": settings.DEMO,
        "nav": SimpleLazyObject(lambda: _marked(frame["nav"], request.path)),
        "footer": SimpleLazyObject(lambda: frame["footer"]),
        "shop": SimpleLazyObject(lambda: frame["shop"]),
        "consent": SimpleLazyObject(lambda: frame["consent"]),
        "officer": SimpleLazyObject(lambda: frame["officer"]),
    }


def _marked(entries: list[dict], path: str) -> list[dict]:
    """`current` tells the navigation where the shopper is: on the page itself, or below it."""
    return [
        entry | {"current": "page" if entry["url"] == path else path.startswith(entry["url"]) and entry["url"] != "/"}
        for entry in entries
    ]


def _languages(request) -> list[dict[str, Any]]:
    """The same page in the other languages. A page that knows its translations says so in `request.translations`."""
    known: dict[str, str] = getattr(request, "translations", {})
    here = get_language()
    rows = []
    for code, name in settings.LANGUAGES:
        url = known.get(code) or translate_url(request.get_full_path(), code)
        rows.append({"code": code, "name": name, "url": url, "current": code == here,
                     "absolute_url": f"{settings.SITE_URL}{known[code]}" if code in known else ""})  # fmt: skip
    return rows


def _frame(request) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    frame = cache.get_or_set(f"frame.{language}", lambda: _read_frame(request, language), KEPT_SECONDS)
    return frame or _read_frame(request, language)


def _read_frame(request, language: str) -> dict[str, Any]:
    """Three queries: the site, what is around its pages, where the links lead."""
    site = Site.find_for_request(request)
    found = surroundings(site.pk if site else None, language)
    shop = found.shop | {"year": timezone.localdate().year, "notices": [], "footer_lead": ""}
    told = {"shop": shop, "officer": found.officer, "consent": found.consent}
    if found.frame is None:
        return {"nav": [], "footer": {"columns": [], "legal": []}, **told}
    shop |= {"notices": notices_of(found.frame), "footer_lead": found.frame.footer_lead}
    return {**_links_of(found.frame), **told}


def _links_of(frame: SeenFrame) -> dict[str, Any]:
    targets = targets_of(list(all_links(frame)), get_language() or settings.LANGUAGE_CODE)

    def shown(links: Sequence[Link]) -> list[dict[str, str]]:
        return [{"title": link["text"], "url": targets.of(link).url} for link in links]

    columns = [{"title": title, "links": shown(links)} for title, links in columns_of(frame)]
    return {
        "nav": shown(links_of(frame.navigation)),
        "footer": {"legal": shown(links_of(frame.legal)), "columns": columns},
    }
