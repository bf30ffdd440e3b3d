"""What the API says of an address of the React client, written into its page: the first view need not ask for it.

Asked in this process, by the API's own addresses, in the language and currency that a new visitor gets. It spares the
round trips only; a client that was told nothing, or has chosen otherwise, asks for itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import resolve
from django.utils import translation
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

# As `Picture` of the client says them, or the browser would fetch another file than the one shown.
HERO, SHOT, CARD = "100vw", "(width >= 62rem) 40rem, 100vw", "(width >= 62rem) 20rem, (width >= 48rem) 33vw, 50vw"
PAGE_SIZE = "24"
VIEWS = {"product": "src/pages/Product.tsx", "category": "src/pages/Category.tsx", "page": "src/pages/CmsPage.tsx"}


@dataclass
class Early:
    """Answers by address, what stands there (`kind`, and its own answer in `shown`), and the picture that is seen first."""

    lang: str
    currency: str
    answers: dict[str, Any] = field(default_factory=dict)
    picture: dict[str, Any] | None = None
    sizes: str = ""
    kind: str = ""
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """Of the addresses of rendered pages in this language."""
        return "" if self.lang == settings.LANGUAGE_CODE else f"/{self.lang}"

    def as_data(self) -> SafeString:
        """A data block: it is read by the client and never run."""
        view = self.kind if self.kind in VIEWS else ""
        told = {"lang": self.lang, "currency": self.currency, "view": view, "answers": self.answers}
        return json_script(told, "early")

    def as_preload(self) -> SafeString:
        if not self.picture or not self.picture["url"]:
            return SafeString("")
        best = next(iter(self.picture.get("sources") or ()), self.picture)
        if not best["srcset"]:
            return format_html('<link rel="preload" as="image" href="{}" fetchpriority="high">', self.picture["url"])
        return format_html(
            '<link rel="preload" as="image" type="{}" imagesrcset="{}" imagesizes="{}" fetchpriority="high">',
            best.get("type", "image/webp"), best["srcset"], self.sizes,
        )  # fmt: skip


def early_answers(request: HttpRequest, path: str) -> Early:
    """For `path` below /app/, as it stands in the address. Asks the catalogue and the pages as their API does."""
    accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    early = Early("hi" if accepted.lower().startswith("hi") else settings.LANGUAGE_CODE, settings.DEFAULT_CURRENCY)
    for address in ("/api/navigation/", "/api/settings/", "/api/consent/"):
        _ask(early, request, address)
    if not path:
        _home(early, request)
    elif path.endswith("/"):
        place = _ask(early, request, "/api/resolve/", path=f"/{path}") or {}
        _PLACES.get(place.get("kind", ""), _nothing)(early, request, place)
    return early


def _home(early: Early, request: HttpRequest) -> None:
    home = _answer(early, request, "/api/resolve/", path=f"{early.prefix}/") or {}
    page = _answer(early, request, f"/api/pages/{home.get('id')}/") if home.get("kind") == "page" else None
    if page:
        early.answers[f"/api/pages/find/?{urlencode({'html_path': f'{early.prefix}/'})}"] = page
        _show(early, "home", page, next(_pictures(page), None), HERO)


def _show(early: Early, kind: str, shown: dict | None, picture: dict | None, sizes: str) -> None:
    if shown:
        early.kind, early.shown, early.picture, early.sizes = kind, shown, picture, sizes


def _page(early: Early, request: HttpRequest, place: dict) -> None:
    """A page is of one language; the client leads to its translation."""
    if place["lang"] == early.lang:
        page = _ask(early, request, f"/api/pages/{place['id']}/") or {}
        _show(early, "page", page, next(_pictures(page), None), HERO)


def _pictures(page: dict) -> Iterator[dict]:
    """That of the first section, if it has one."""
    for block in (page.get("body") or ())[:1]:
        if block["type"] == "hero" and block["value"]["picture"]:
            yield block["value"]["picture"]


def _product(early: Early, request: HttpRequest, place: dict) -> None:
    product = _ask(early, request, f"/api/product/{place['id']}/") or {}
    _show(early, "product", product, next(iter(product.get("images") or ()), product.get("image")), SHOT)


def _category(early: Early, request: HttpRequest, place: dict) -> None:
    shelves = _ask(early, request, "/api/category/", tree="true") or []
    early.kind, path = "category", _path_to(place["id"], shelves)
    if request.GET or not path:
        return
    asked = {"category": str(place["id"]), "facets": "true", "page_size": PAGE_SIZE}
    listed = _ask(early, request, "/api/product/", **asked) or {}
    cards = listed.get("results") or [{}]
    _show(early, "category", {"path": path, "listed": listed}, cards[0].get("image"), CARD)


def _path_to(shelf_id: int, shelves: list[dict]) -> list[dict]:
    """From the top shelf down to this one."""
    for shelf in shelves:
        below = [] if shelf["id"] == shelf_id else _path_to(shelf_id, shelf["children"])
        if below or shelf["id"] == shelf_id:
            return [shelf, *below]
    return []


def _nothing(early: Early, request: HttpRequest, place: dict) -> None:
    """The client says that nothing stands there, or follows what has moved."""


_PLACES = {"product": _product, "category": _category, "page": _page}


def _ask(early: Early, request: HttpRequest, address: str, **query: str) -> Any:
    answer = _answer(early, request, address, **query)
    if answer is not None:
        early.answers[f"{address}?{urlencode(query)}" if query else address] = answer
    return answer


def _answer(early: Early, request: HttpRequest, address: str, **query: str) -> Any:
    """The body of a success, else None."""
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info = "GET", address, address
    asked.GET = QueryDict(urlencode(query))
    kept = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "wsgi.url_scheme", "REMOTE_ADDR")
    asked.META = {name: request.META[name] for name in kept if name in request.META}
    asked.META |= {"HTTP_ACCEPT_LANGUAGE": early.lang, "HTTP_X_CURRENCY": early.currency}
    match = resolve(address)
    with translation.override(early.lang):
        response = match.func(asked, *match.args, **match.kwargs)
        if not getattr(response, "is_rendered", True):
            response.render()
    return json.loads(response.content) if response.status_code == 200 else None
