"""Whole pages, kept in the memory of each process and answered before any other middleware runs.

A view opts in with `keep(response, keys)`: the page is the same for everyone who asks for this address in this
currency, and is made of what the keys name (`catalog/listing/surrogates.py`). A bump of any of them, or a minute,
makes it stale; the minute is for what is not told, such as "only 3 left".
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from catalog.listing import surrogates
from shop.core.api.context import CURRENCY_COOKIE, page_currency

SECONDS = 60
PACKING = 6
MAX_BYTES = 64 * 1024 * 1024
CACHE_CONTROL = f"public, max-age=0, must-revalidate, s-maxage={SECONDS}, stale-while-revalidate=300"
PARAMETERS = {"currency", "page", "ordering", "q", "category", "brand", "min_price", "max_price", "in_stock", "on_sale",
              "rating", "rating_min", "variant"}  # fmt: skip
TRACKING = ("utm_", "gclid", "fbclid")  # change nothing on a page
NEVER_KEPT = (
    "/api/",
    "/admin/",
    "/django-admin/",
    "/static/",
    "/media/",
    "/account/",
    "/metrics",
    "/healthz",
    "/readyz",
)
NOT_CHANGED = ("ETag", "Cache-Control", "Vary", "Content-Language", "Surrogate-Key")
Key = tuple


@dataclass(slots=True)
class Kept:
    body: bytes
    headers: dict[str, str]
    keys: tuple[str, ...]
    stamp: tuple[int, ...]
    until: float
    packed: bytes = b""  # compressed once, for the first who asks; safe, since the page holds nobody's secret

    def answer(self, request: HttpRequest) -> HttpResponse:
        if _knows(request, self.headers["ETag"]):
            headers = {name: self.headers[name] for name in NOT_CHANGED if name in self.headers}
            response = HttpResponse(status=304, headers=headers)
            del response.headers["Content-Type"]
            return response
        if "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            return HttpResponse(self.body, headers=self.headers)
        self.packed = self.packed or gzip.compress(self.body, PACKING, mtime=0)
        changed = {"Content-Encoding": "gzip", "Content-Length": str(len(self.packed))}
        return HttpResponse(self.packed, headers={**self.headers, **changed})


class Store:
    """The latest used pages, up to a number of bytes."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes, self.bytes = max_bytes, 0
        self.pages: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Key) -> Kept | None:
        with self.lock:
            kept = self.pages.get(key)
            if kept is not None:
                self.pages.move_to_end(key)
            return kept

    def put(self, key: Key, kept: Kept) -> None:
        with self.lock:
            self._drop(key)
            self.pages[key] = kept
            self.bytes += len(kept.body)
            while self.bytes > self.max_bytes:
                self._drop(next(iter(self.pages)))

    def _drop(self, key: Key) -> None:
        dropped = self.pages.pop(key, None)
        self.bytes -= len(dropped.body) if dropped else 0


class PageCache:
    """The outermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.store = Store()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        kept = self.store.get(key)
        if kept is not None and kept.until > time.monotonic() and surrogates.stamp(kept.keys) == kept.stamp:
            return kept.answer(request)
        surrogates.catch_up()
        began = time.time_ns()
        response = self.get_response(request)
        kept = _kept(response, began)
        if kept is None:
            return response
        self.store.put(key, kept)
        return kept.answer(request)


def keep(response: HttpResponse, keys: Sequence[str]) -> HttpResponse:
    """Let the page be kept. It must be the same for all: no CSRF token, no message, no name of the visitor."""
    response.surrogates = tuple(keys)  # type: ignore[attr-defined]
    return response


def key_of(request: HttpRequest) -> Key | None:
    """What the page is kept under; None for what is never kept. Tracking parameters are taken off the request, since a
    page repeats its parameters in its links."""
    if (
        request.method not in ("GET", "HEAD")
        or request.path_info.startswith(NEVER_KEPT)
        or "messages" in request.COOKIES
    ):
        return None
    parameters: tuple = ()
    if request.META.get("QUERY_STRING"):
        given: QueryDict = request.GET
        if any(name.startswith(TRACKING) for name in given):
            given = given.copy()
            for name in [name for name in given if name.startswith(TRACKING)]:
                del given[name]
            request.GET = given  # type: ignore[assignment]
        if not all(name in PARAMETERS or name.startswith("attr_") for name in given):
            return None
        parameters = tuple(sorted((name, *values) for name, values in given.lists()))
    currency = page_currency(request) if CURRENCY_COOKIE in request.COOKIES else ""
    return (request.META.get("HTTP_HOST"), request.scheme, request.path_info, parameters, currency)


def _kept(response: HttpResponseBase, began: int) -> Kept | None:
    keys = getattr(response, "surrogates", None)
    if keys is None or not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
        return None
    stamp = surrogates.stamp(keys)
    if max(stamp) > began:  # changed while the page was made
        return None
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    response.headers["ETag"] = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Surrogate-Key"] = " ".join(keys)
    return Kept(response.content, dict(response.items()), keys, stamp, time.monotonic() + SECONDS)


def _knows(request: HttpRequest, tag: str) -> bool:
    known = request.META.get("HTTP_IF_NONE_MATCH")
    return known is not None and tag in {part.strip() for part in known.split(",")}
