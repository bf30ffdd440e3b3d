"""Runs inside Django, in a process of its own: finds what a catalogue holds, counts the queries of each work.

`python -m bench.inside` prints both as JSON; `python -m bench.inside restock 30` leaves so many units of the one
product that everybody wants; `python -m bench.inside hold` tells how long an order locks it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.holding import hold_times
from bench.works import SELECT, Work, bare_works, works
from catalog.inventory.models import StockItem
from catalog.inventory.services.adjust import adjust
from catalog.listing.interface import ListQuery, catalogue
from catalog.listing.models import Shelf
from catalog.product.models import ProductCore
from shop.core.context import ShopContext
from shop.management.scale import words

BUYABLE, PLENTY = 40, 1_000_000
DEAREST = 2_000_00  # paise: two of them stay far below what cash on delivery allows
BIG_SHELF = "all-mugs-and-cups"
FOUND_RARELY = range(3, 61)


class InProcess:
    """Django's test client as a talker of the works; the cold header empties the cache as bench/wsgi.py does."""

    def __init__(self) -> None:
        self.client = Client(headers={"accept-language": "en"})

    def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: Any = None, expect: int = 200
    ) -> Any:
        if headers and "X-Bench-Cold" in headers:
            from django.core.cache import cache

            cache.clear()
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer = self.client.generic(method, path, headers=dict(headers or {}), **content)
        if answer.status_code != expect:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.content[:300]!r}")
        return answer


def find_facts() -> dict[str, Any]:
    shelf = Shelf.objects.get(slug=BIG_SHELF, locale="en")
    buyable = _buyable()
    favorite = buyable.pop()
    found = json.loads(catalogue().detail(buyable[0]["product"], ShopContext.now()) or "{}")
    return {
        "shelf": {"id": shelf.category_id, "url": shelf.url},
        "product": {"id": found["id"], "url": found["url"]},
        "buyable": buyable,
        "favorite": favorite,
        "hook_secret": settings.RAZORPAY_WEBHOOK_SECRETS[0],
        "words": {"common": "cotton", "rare": _rare_word(), "misspelled": "stonewear"},
    }


def _buyable() -> list[dict[str, int]]:
    """Products to buy: enough of each for any number of runs. The last one is everybody's favorite."""
    items = StockItem.objects.filter(
        variant__active=True, variant__core__is_live=True, variant__position=0,
        variant__price_lines__amount__lte=DEAREST, variant__price_lines__price_list__currency="INR",
    ).distinct()  # fmt: skip
    rows = list(items.order_by("variant__core_id").select_related("variant")[: BUYABLE + 1])
    for item in rows[:-1]:
        if item.available < PLENTY // 2:
            adjust(stock_item_id=item.pk, set_to=item.reserved + PLENTY, at=timezone.now(), reason="bench")
    return [{"product": i.variant.core_id, "variant": i.variant_id, "stock_item": i.pk} for i in rows]


def _rare_word() -> str:
    for word in (*words.RARE_MAKINGS, *words.SERIES):
        if catalogue().list(ListQuery(ShopContext.now(), text=word)).count in FOUND_RARELY:
            return word
    return words.SERIES[0]


def count_queries(work: Work) -> int:
    """Statements of the second time: the first one also fills what a process keeps for good."""
    talker = InProcess()
    work.do(talker, work.prepare(talker))
    prepared = work.prepare(talker)
    with CaptureQueriesContext(connection) as captured:
        work.do(talker, prepared)
    if os.environ.get("BENCH_SHOW_QUERIES"):
        print(work.name, *(query["sql"][:300] for query in captured), sep="\n    ", file=sys.stderr)
    return sum(query["sql"] not in ("BEGIN", "COMMIT") for query in captured)


def restock(units: int) -> None:
    item = StockItem.objects.get(pk=_buyable()[-1]["stock_item"])
    adjust(stock_item_id=item.pk, set_to=item.reserved + units, at=timezone.now(), reason="bench")


def main() -> None:
    if sys.argv[1:2] == ["restock"]:
        restock(int(sys.argv[2]))
        return
    if sys.argv[1:2] == ["hold"]:
        print(json.dumps(hold_times(InProcess(), _buyable()[-1])))
        return
    facts = find_facts()
    measured = [bare_works()[SELECT], *works(facts)]
    print(json.dumps({"facts": facts, "queries": {work.name: count_queries(work) for work in measured},
                      "products": ProductCore.objects.filter(is_live=True).count()}))  # fmt: skip


if __name__ == "__main__":
    main()
