"""The filters, sorting and paging of a list page, as its templates show them (docs/storefront-templates.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.listing.interface import ListPage, ListQuery
from catalog.storefront.fragments import fragment

PAGE_SIZE = 24
OPEN_FACETS = 3
MAX_VALUES = 12  # of one facet; the chosen ones are always among them
Address = str


def listing_of(
    request: HttpRequest, query: ListQuery, page: ListPage, *, but: Iterable[str] = ()
) -> tuple[dict[str, Any], dict[str, Any]]:
    """`listing` and `pager`. `but` names facets that make no sense here (the brand on a brand's page)."""
    facets = _facets(json.loads(page.facets or "{}"), request.GET, set(but))
    applied = _applied(request, query, facets)
    listing = {
        "count": page.count,
        "results": cards_of(page),
        "action": request.path,
        "hidden": [{"name": "q", "value": query.text}] if query.text else [],
        "prices_include_tax": True,
        "facets": facets,
        "sorts": _sorts(request.GET.get("ordering", ""), bool(query.text), query.category is not None),
        "applied": applied,
        "applied_count": len(applied),
        "clear_url": _address(request, _kept(request.GET, ["q"])),
    }
    return listing, _pager(request, query, page.count)


def cards_of(page: ListPage) -> list[dict[str, Any]]:
    """Cards with their `html` ready; the first picture of the page is fetched before the others."""
    cards = json.loads(page.results)
    for position, card in enumerate(cards):
        card["html"] = fragment("includes/product_card.html", product=card, heading="h2", eager=position == 0)
    return cards


def _facets(found: Mapping[str, Any], given: QueryDict, but: set[str]) -> list[dict[str, Any]]:
    facets = [_price(found.get("price", []), given)] if found.get("price") or _has_price(given) else []
    for row in found.get("attributes", []):
        kind = "colour" if row["type"] == "color" else "choice"
        values = row["values"] if not but else _found_here(row["values"], given.getlist(f"attr_{row['code']}"))
        facets.append(_choice(row["code"], row["name"], f"attr_{row['code']}", kind, values, given))
    brands = [{"value": row["slug"], "label": row["name"], "count": row["count"]} for row in found.get("brand", [])]
    if "brand" not in but and len(brands) > 1:
        facets.append(_choice("brand", pgettext("facet", "Maker"), "brand", "choice", brands, given))
    shown = [facet for facet in facets if facet["kind"] == "price" or facet["values"]]
    for position, facet in enumerate(shown):
        facet["open"] = position < OPEN_FACETS or any(value["selected"] for value in facet.get("values", ()))
        facet["html"] = fragment("includes/facet.html", facet=facet)
    return shown


def _found_here(values: Iterable[Mapping], chosen: Iterable[str]) -> list[Mapping]:
    """Where the page itself is a filter, what it never has is not dimmed: it is not there."""
    kept = ",".join(chosen).split(",")
    return [value for value in values if value["count"] or value["value"] in kept]


def _choice(
    code: str, name: str, param: str, kind: str, rows: Iterable[Mapping], given: QueryDict
) -> dict[str, Any]:  # fmt: skip
    chosen = {part.strip() for text in given.getlist(param) for part in text.split(",")}
    values = [{**row, "selected": row["value"] in chosen} for row in rows]
    values = [value for n, value in enumerate(values) if n < MAX_VALUES or value["selected"]]
    return {"code": code, "name": name, "param": param, "kind": kind, "values": values}


def _price(buckets: list[dict[str, Any]], given: QueryDict) -> dict[str, Any]:
    highest = next((bucket["max"] for bucket in reversed(buckets) if bucket["max"]), "")
    return {
        "code": "price",
        "name": _("Price"),
        "kind": "price",
        "min_value": given.get("min_price", ""),
        "max_value": given.get("max_price", ""),
        "min_hint": buckets[0]["min"].split(".")[0] if buckets else "",
        "max_hint": str(int(float(highest)) + 1) if highest else "",
    }


def _has_price(given: QueryDict) -> bool:
    return bool(given.get("min_price") or given.get("max_price"))


def _applied(request: HttpRequest, query: ListQuery, facets: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """A chip per filter that holds, each with the address that takes it away."""
    chips = []
    for facet in facets:
        if facet["kind"] == "price":
            chips += _price_chips(request)
            continue
        chosen = [value for value in facet["values"] if value["selected"]]
        for value in chosen:
            left = [other["value"] for other in chosen if other is not value]
            chips.append({"label": value["label"], "remove_url": _without(request, facet["param"], left)})
    words = {
        "in_stock": {True: _("In stock"), False: _("Sold out")},
        "on_sale": {True: _("Reduced"), False: _("Not reduced")},
    }
    labels = {name: said[value] for name, said in words.items() if (value := getattr(query, name)) is not None}
    return chips + [{"label": label, "remove_url": _without(request, name)} for name, label in labels.items()]


def _price_chips(request: HttpRequest) -> list[dict[str, str]]:
    words = {"min_price": _("from %(price)s"), "max_price": _("up to %(price)s")}
    return [
        {"label": text % {"price": request.GET[name]}, "remove_url": _without(request, name)}
        for name, text in words.items()
        if request.GET.get(name)
    ]


def _sorts(chosen: str, is_search: bool, is_shelf: bool) -> list[dict[str, Any]]:
    first = [("", _("Best match") if is_search else _("Our order"))] if is_search or is_shelf else []
    offered = [
        *first,
        ("newest", _("Newest")),
        ("popular", _("Most bought")),
        ("rating", _("Best rated")),
        ("price", _("Price, low to high")),
        ("-price", _("Price, high to low")),
        ("name", _("Name")),
    ]
    return [{"value": value, "label": label, "selected": value == chosen} for value, label in offered]


def _pager(request: HttpRequest, query: ListQuery, count: int) -> dict[str, Any]:
    seen = min(query.page * query.page_size, count)
    return {
        "seen": seen,
        "total": count,
        "next_url": _page(request, query.page + 1) if seen < count else "",
        "next_count": min(query.page_size, count - seen),
        "previous_url": _page(request, query.page - 1) if query.page > 1 else "",
    }


def _page(request: HttpRequest, number: int) -> Address:
    wanted = request.GET.copy()
    wanted.pop("page", None)
    if number > 1:
        wanted["page"] = str(number)
    return _address(request, wanted)


def _without(request: HttpRequest, param: str, left: Iterable[str] = ()) -> Address:
    wanted = request.GET.copy()
    wanted.pop("page", None)
    wanted.setlist(param, list(left))
    return _address(request, wanted)


def _kept(given: QueryDict, names: Iterable[str]) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name in names:
        kept.setlist(name, given.getlist(name))
    return kept


def _address(request: HttpRequest, wanted: QueryDict) -> Address:
    text = wanted.urlencode()
    return f"{request.path}?{text}" if text else request.path
