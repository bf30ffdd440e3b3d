"""What search engines read: titles, canonical addresses, languages, structured data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

SCHEMA = "https://schema.org"


def absolute(path: str) -> str:
    """An address of a storage on another host stays as it is."""
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL + path


def seo(title: str, *, description: str = "", path: str = "", image: str | None = None, noindex: bool = False) -> dict:
    return {
        "title": f"{title} | {settings.WAGTAIL_SITE_NAME}",
        "description": description,
        "canonical": absolute(path) if path else "",
        "image": absolute(image) if image else "",
        "noindex": noindex,
    }


def languages(paths: Mapping[str, str], current: str, *, indexed: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """This page in each language. Only those in `indexed` (all, if not given) are told to search engines: a page that
    falls back to another language's text is no translation."""
    told = set(paths if indexed is None else indexed)
    return [
        {
            "code": code,
            "name": name,
            "url": paths[code],
            "absolute_url": absolute(paths[code]) if code in told and len(told) > 1 else "",
            "current": code == current,
        }
        for code, name in settings.LANGUAGES
        if code in paths
    ]


def structured_data(*things: Mapping[str, Any]) -> SafeString:
    """JSON-LD that cannot close its script element."""
    graph = {"@context": SCHEMA, "@graph": list(things)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def breadcrumb_list(crumbs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": number, "name": crumb["title"]}
        | ({"item": absolute(crumb["url"])} if crumb.get("url") else {})
        for number, crumb in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def product_data(product: Mapping[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Product",
        "name": product["name"],
        "url": absolute(product["url"]),
        "description": product["description"],
        "image": [absolute(image["url"]) for image in product["images"]],
    }
    if product["brand"]:
        data["brand"] = {"@type": "Brand", "name": product["brand"]}
    if product["sku"]:
        data["sku"] = product["sku"]
    offers = [_offer(variant, product) for variant in product["variants"] if variant["price"]]
    if offers:
        data["offers"] = offers[0] if len(offers) == 1 else offers
    return data


def _offer(variant: Mapping[str, Any], product: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "sku": variant["sku"],
        "price": variant["price"],
        "priceCurrency": variant["currency"],
        "availability": f"{SCHEMA}/{'InStock' if variant['in_stock'] else 'OutOfStock'}",
        "url": absolute(product["url"]),
    }
