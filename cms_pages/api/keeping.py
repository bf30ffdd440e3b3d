"""Public reads of content, kept as text in the memory of each process: they are made of much and change rarely.

A bump of what they show (`catalog/listing/surrogates.py`) or a minute makes them stale; the minute is for what is not
told, such as "only 3 left".
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from catalog.api.reading import PublicReadView
from catalog.listing import surrogates
from shop.core.api.context import currency_of
from shop.core.api.language import locale_of

SECONDS = 60
MOST = 500  # answers, of some 20 KB each


class Made(NamedTuple):
    """JSON text, and the keys of what it was made of."""

    text: str
    keys: tuple[str, ...] = ("site",)


class _Kept(NamedTuple):
    made: Made
    stamp: tuple[int, ...]
    until: float


class Store:
    """The latest used answers."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.lock = most, Lock()
        self.kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def get(self, key: Hashable) -> str | None:
        with self.lock:
            found = self.kept.get(key)
            if found is not None:
                self.kept.move_to_end(key)
        if found is None or found.until < time.monotonic() or surrogates.stamp(found.made.keys) != found.stamp:
            return None
        return found.made.text

    def put(self, key: Hashable, made: Made, began: int) -> None:
        stamp = surrogates.stamp(made.keys)
        if max(stamp) > began:  # changed while it was made
            return
        with self.lock:
            self.kept[key] = _Kept(made, stamp, time.monotonic() + SECONDS)
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)


STORE = Store()


class KeptReadView(PublicReadView):
    """Says in `make` what is kept; `read` answers it."""

    permission_classes: list = []

    def make(self, request: HttpRequest, **kwargs: Any) -> Made:
        """Raises Refusal, which is not kept."""
        raise NotImplementedError

    def read(self, request: HttpRequest, **kwargs: Any) -> str:
        key = _key(request)
        known = None if settings.DEBUG else STORE.get(key)
        if known is not None:
            return known
        surrogates.catch_up()
        began = time.time_ns()
        made = self.make(request, **kwargs)
        STORE.put(key, made, began)
        return made.text


def _key(request: HttpRequest) -> Hashable:
    asked = tuple(sorted((name, *values) for name, values in request.GET.lists()))
    return (request.get_host(), request.path_info, asked, locale_of(request), currency_of(request))
