"""Make the read model tell the truth about some products. Used by every event, by publishing and by the rebuild."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import product as pairs

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.listing import surrogates
from catalog.listing.building.cards import card_of, is_in_stock, prices_of, published_at, valid_until, variant_of
from catalog.listing.building.details import detail_of
from catalog.listing.building.findable import findable
from catalog.listing.building.labels import facets_of
from catalog.listing.events import PicturesWanted
from catalog.listing.models import WHOLE_SHOP
from catalog.listing.rules.offers import offer_of
from catalog.listing.rules.words import configuration, words_in
from catalog.listing.selectors.truth import Facts, Truth, read_truth
from catalog.listing.services.write_rows import (
    CARDS,
    DETAILS,
    PLACEMENTS,
    SEARCH_ROWS,
    WORDS,
    Row,
    write_rows,
)  # fmt: skip
from catalog.product.models import ProductCore
from shop.core.outbox import publish

CHUNK = 500  # products of one refresh: memory stays low, and locks are short


def refresh(core_ids: Iterable[int], *, at: datetime | None = None) -> int:
    """Write placements, cards, details and search rows of these products (ids of ProductCore); returns how many are
    live. Products that are not live lose theirs. The number of queries does not depend on the number of products.
    Locks: the cores by primary key, so that a slow refresh never writes over a newer one.
    """
    ids = sorted(set(core_ids))
    with transaction.atomic():
        _lock(ids)
        truth = read_truth(ids, at or timezone.now())
        write_rows(PLACEMENTS, _placements(truth), ids)
        write_rows(CARDS, _cards(truth), ids)
        write_rows(DETAILS, _details(truth), ids)
        _write_search(truth, ids)
        _ask_for_renditions(truth)
        surrogates.bump(_surrogates(truth, ids))
    return len(truth.products)


def _lock(ids: list[int]) -> None:
    rows = ProductCore.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk"))


def _placements(truth: Truth) -> Iterator[Row]:
    for core_id, facts in truth.products.items():
        for currency in settings.CURRENCIES:
            offer = offer_of(prices_of(facts, truth, currency).values())
            common = {
                "core_id": core_id,
                "currency": currency,
                "price": offer.lowest.amount.minor if offer.lowest else None,
                "on_sale": offer.on_sale,
                "in_stock": is_in_stock(facts, truth, currency),
                **_same_on_every_shelf(facts, truth),
            }
            for category in [WHOLE_SHOP, *truth.tree.shelves_of(facts.categories)]:
                yield {**common, "category_id": category, "is_direct": category in facts.categories}


def _same_on_every_shelf(facts: Facts, truth: Truth) -> Row:
    return {
        "position": 0,
        "brand_id": facts.core.brand_id,
        "rating": facts.rating.average if facts.rating else None,
        "popularity": facts.popularity,
        "published_at": published_at(facts),
        "facets": facets_of(truth.attributes, [facts.core.attributes, *(v.options for v in facts.variants)]),
    }


def _cards(truth: Truth) -> Iterator[Row]:
    for (core_id, facts), locale, currency in pairs(truth.products.items(), _locales(), settings.CURRENCIES):
        card = card_of(facts, truth, locale, currency)
        yield {
            "core_id": core_id,
            "locale": locale,
            "currency": currency,
            "name": card["name"],
            "data": _json(card),
            "sold_variants": list(prices_of(facts, truth, currency)),
            "variant_ids": [variant.pk for variant in facts.variants],
            "variants": [_json(variant_of(variant, facts, truth, locale, currency)) for variant in facts.variants],
            "valid_until": valid_until(facts, truth, currency),
        }


def _details(truth: Truth) -> Iterator[Row]:
    for (core_id, facts), locale in pairs(truth.products.items(), _locales()):
        yield {
            "core_id": core_id,
            "locale": locale,
            "slug": facts.content(locale).slug,
            "is_fallback": locale not in facts.contents,
            "data": _json(detail_of(facts, truth, locale)),
            "updated_at": truth.at,
        }


def _write_search(truth: Truth, ids: list[int]) -> None:
    rows, words = [], set()
    for (core_id, facts), locale in pairs(truth.products.items(), _locales()):
        found = findable(facts, truth, locale)
        rows.append({"core_id": core_id, "locale": locale, "config": configuration(locale), **found._asdict()})
        words |= {(locale, word) for word in words_in(f"{found.a} {found.b}")}
    write_rows(SEARCH_ROWS, rows, ids)
    write_rows(WORDS, [{"locale": locale, "word": word} for locale, word in words])


def _ask_for_renditions(truth: Truth) -> None:
    missing = [picture.id for picture in truth.pictures.values() if picture.missing]
    if missing:
        publish(PicturesWanted(missing), aggregate="pictures")


def _surrogates(truth: Truth, ids: list[int]) -> set[str]:
    shelves = {id_ for facts in truth.products.values() for id_ in truth.tree.shelves_of(facts.categories)}
    return {*(f"prod-{id_}" for id_ in ids), *(f"cat-{id_}" for id_ in {*shelves, *truth.stood_on, WHOLE_SHOP})}


def _locales() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
