"""What must hold of a product that goes on sale. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.utils.translation import gettext as _

JOINERS = "\u200c\u200d"  # they shape words in Hindi, Urdu and others


class Sellable(Protocol):
    sku: str
    options: dict[str, Any]
    price: int | None
    compare_at_price: int | None


def problems_of(specs: Sequence[Sellable]) -> dict[str, list[str]]:
    """Messages by field; empty if the variants can be sold. Prices in paise; none means listed but not sold."""
    if not specs:
        return {"variants": [_("A product needs at least one variant.")]}
    problems = [*_sku_problems(specs), *_option_problems(specs)]
    problems += [
        _("%(sku)s: the compare-at price must be above the price.") % {"sku": spec.sku}
        for spec in specs
        if not compare_at_fits(spec.price, spec.compare_at_price)
    ]
    return {"variants": problems} if problems else {}


def compare_at_fits(price: int | None, compare_at: int | None) -> bool:
    return compare_at is None or (price is not None and compare_at > price)


def _sku_problems(specs: Iterable[Sellable]) -> list[str]:
    counted = Counter(spec.sku for spec in specs)
    missing = [_("Every variant needs a SKU.")] if "" in counted else []
    return missing + [_("SKU %(sku)s is used twice.") % {"sku": sku} for sku, n in counted.items() if n > 1 and sku]


def _option_problems(specs: Iterable[Sellable]) -> list[str]:
    counted = Counter(tuple(sorted((spec.options or {}).items())) for spec in specs)
    return [_("Two variants have the same options.")] if any(n > 1 for n in counted.values()) else []


def slug_of(title: str) -> str:
    """A slug with the letters of the title's own script, vowel signs included; never empty."""
    text = unicodedata.normalize("NFC", title).casefold()
    words = "".join(sign if _in_slug(sign) else "" if sign in "'’" else " " for sign in text).split()
    return "-".join(words)[:240].strip("-") or "product"


def is_slug(text: str) -> bool:
    return all(_in_slug(sign) or sign in "-_" for sign in text)


def _in_slug(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M" or sign in JOINERS
