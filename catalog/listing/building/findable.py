"""What a product can be found by: plain texts, weighted for the search row."""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

from catalog.listing.building.labels import as_list, label_of
from catalog.listing.selectors.truth import Facts, Truth

MAX_TEXT = 20_000
_TAG = re.compile(r"<[^>]*>")


class Findable(NamedTuple):
    """Texts of one product in one language, by weight: A name, B brand, category and SKU, C other languages' names,
    D descriptions."""

    title: str
    a: str
    b: str
    c: str
    d: str


def findable(facts: Facts, truth: Truth, locale: str) -> Findable:
    content = facts.content(locale)
    others = [other.title for language, other in facts.contents.items() if language != content.locale.language_code]
    texts = [content.summary, *_texts(content.body.raw_data), *_attribute_words(facts, truth, locale)]
    return Findable(
        title=content.title,
        a=content.title,
        b=" ".join([_brand(facts), *_category_names(facts, truth, locale), *(v.sku for v in facts.variants)]),
        c=" ".join(others),
        d=" ".join(texts)[:MAX_TEXT],
    )


def _brand(facts: Facts) -> str:
    return f"{facts.core.brand.name} {facts.core.brand.place}" if facts.core.brand else ""


def _category_names(facts: Facts, truth: Truth, locale: str) -> list[str]:
    return [truth.tree.name(id_, locale) for id_ in truth.tree.shelves_of(facts.categories)]


def _attribute_words(facts: Facts, truth: Truth, locale: str) -> list[str]:
    described = [facts.core.attributes, *(variant.options for variant in facts.variants)]
    return [
        label_of(truth.attributes[code], value, locale) if code in truth.attributes else str(value)
        for values in described
        for code, given in values.items()
        for value in as_list(given)
    ]


def _texts(raw: Any) -> list[str]:
    """Every text of a body, without its markup."""
    if isinstance(raw, str):
        return [html.unescape(_TAG.sub(" ", raw))]
    if isinstance(raw, dict):
        parts = [value for key, value in raw.items() if key not in {"id", "type"}]
        return [text for part in parts for text in _texts(part)]
    return [text for part in raw for text in _texts(part)] if hasattr(raw, "__iter__") else []
