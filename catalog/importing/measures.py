"""Cells that are neither text nor money: counts, weights, barcodes, yes and no."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from catalog.importing.errors import CellRefused
from catalog.inventory.models import MAX_PER_ORDER

LARGEST_STOCK = 100_000_000
LARGEST_WEIGHT = 100_000_000

_GRAMS = {
    "g": Decimal(1),
    "kg": Decimal(1000),
    "lb": Decimal("453.59237"),
    "lbs": Decimal("453.59237"),
    "oz": Decimal("28.349523125"),
}
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}|[0-9]+")
_YES = frozenset({"true", "1", "yes", "y", "active", "published", "live", "available"})
_NO = frozenset({"false", "0", "no", "n", "inactive", "draft", "archived", "hidden", "private", "-1", "unlisted"})


def parse_stock(text: str) -> int:
    """Whole units. Raises CellRefused."""
    text = re.sub(r"\.0+$", "", text.strip())
    if text.startswith(("-", "−")):
        raise CellRefused("stock cannot be negative")
    if not _GROUPED.fullmatch(text):
        raise CellRefused("not a whole number of units")
    return _limited(Decimal(text.replace(",", "")), LARGEST_STOCK)


def parse_most(text: str) -> int:
    """The most in an order. Raises CellRefused."""
    most = parse_stock(text)
    if not 1 <= most <= MAX_PER_ORDER:
        raise CellRefused(f"not a number from 1 to {MAX_PER_ORDER}")
    return most


def parse_weight(text: str, unit: str) -> int | None:
    """Grams, rounded half up; None for 0, which exports write for "not weighed". Raises CellRefused."""
    factor = _GRAMS.get(unit.strip().lower())
    if factor is None:
        raise CellRefused("a weight whose unit is not one of g, kg, lb, oz" if unit else "a weight without its unit")
    if not re.fullmatch(r"[0-9]{0,9}\.?[0-9]{1,9}", text.strip()):
        raise CellRefused("not a weight")
    grams = (Decimal(text.strip()) * factor).quantize(Decimal(1), ROUND_HALF_UP)
    return _limited(grams, LARGEST_WEIGHT) or None


def parse_barcode(text: str) -> str:
    """GTIN of 8, 12, 13 or 14 digits with a right check digit. Raises CellRefused."""
    digits = re.sub(r"[\s-]", "", text).lstrip("'")
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits):
        raise CellRefused("not a GTIN of 8, 12, 13 or 14 digits")
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits[:-1])))
    if (10 - total % 10) % 10 != int(digits[-1]):
        raise CellRefused("the check digit of this GTIN is wrong")
    return digits


def parse_flag(text: str) -> bool:
    """Raises CellRefused."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellRefused("neither yes nor no")


def _limited(number: Decimal, largest: int) -> int:
    if number > largest:
        raise CellRefused(f"larger than {largest:,}")
    return int(number)
