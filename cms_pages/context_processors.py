"""What every rendered page shows around its content. Read once, then kept for some seconds: it changes rarely."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Site

from cms_pages.blocks.links import addresses_of, language_prefix
from cms_pages.models import Frame, ShopSettings
from shop.core.api.context import page_currency
from shop.privacy.selectors import text_of
from shop.privacy.statuses import Purpose

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
    frames = Frame.objects.filter(live=True, locale__language_code__in={language, settings.LANGUAGE_CODE})
    by_language = {frame.locale.language_code: frame for frame in frames.select_related("locale")}
    frame = by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)
    site = Site.find_for_request(request)
    details = ShopSettings.for_site(site) if site else ShopSettings()
    shop = {name: getattr(details, name) for name in ("name", "legal_name", "gstin", "contact_email", "contact_phone")}
    shop |= {"year": timezone.localdate().year, "notices": [], "footer_lead": ""}
    consent = text_of(Purpose.ANALYTICS, language)
    if frame is None:
        return {"nav": [], "footer": {"columns": [], "legal": []}, "shop": shop, "consent": consent}
    shop |= {"notices": [str(block.value) for block in frame.notices], "footer_lead": frame.footer_lead}
    return {**_links_of(frame), "shop": shop, "consent": consent}


def _links_of(frame: Frame) -> dict[str, Any]:
    """From the stored JSON: making blocks of it would fetch every target, to ask it for its address alone."""
    nav, legal = ([block["value"] for block in stream.raw_data] for stream in (frame.navigation, frame.legal))
    columns = [block["value"] for block in frame.columns.raw_data]
    below = [[item.get("value", item) for item in column["links"]] for column in columns]  # with ids, or without
    links = [*nav, *legal, *(link for of_column in below for link in of_column)]
    shown = iter([{"title": link["text"], "url": url} for link, url in zip(links, addresses_of(links), strict=True)])
    return {
        "nav": list(islice(shown, len(nav))),
        "footer": {
            "legal": list(islice(shown, len(legal))),
            "columns": [
                {"title": column["title"], "links": list(islice(shown, len(of_column)))}
                for column, of_column in zip(columns, below, strict=True)
            ],
        },
    }
