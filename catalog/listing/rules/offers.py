"""What a product costs in a list: the cheapest of its variants speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from catalog.pricing.rules import Price
from shop.core.money import format_money

price_text = lru_cache(maxsize=20_000)(format_money)


class Offer(NamedTuple):
    """`lowest` is None where no variant has a price in the currency: listed, not for sale."""

    lowest: Price | None
    from_price: bool
    on_sale: bool
    valid_until: datetime | None


def offer_of(prices: Iterable[Price]) -> Offer:
    found = list(prices)
    if not found:
        return Offer(None, False, False, None)
    return Offer(
        lowest=min(found, key=lambda price: (price.amount.minor, price.variant_id)),
        from_price=len({price.amount.minor for price in found}) > 1,
        on_sale=any(price.compare_at for price in found),
        valid_until=min((price.valid_until for price in found if price.valid_until), default=None),
    )


def price_members(price: Price | None, currency: str) -> dict[str, Any]:
    """`price`, `compare_at_price`, `currency` of the API, as decimal strings."""
    return {
        "price": str(price.amount) if price else None,
        "compare_at_price": str(price.compare_at) if price and price.compare_at else None,
        "currency": currency,
    }


def price_words(price: Price | None, locale: str) -> dict[str, Any]:
    """The same for people: `₹1,299`, struck through `₹1,599`, 19 % off (rounded half up)."""
    if price is None:
        return {"price_text": "", "compare_at_text": "", "percent_off": None}
    amount, before = price.amount, price.compare_at
    return {
        "price_text": price_text(amount.minor, amount.currency, locale),
        "compare_at_text": price_text(before.minor, before.currency, locale) if before else "",
        "percent_off": (200 * (before.minor - amount.minor) // before.minor + 1) // 2 if before else None,
    }


def tax_rate_text(basis_points: int) -> str:
    """Percent as a decimal string: `18.00`."""
    return f"{basis_points // 100}.{basis_points % 100:02d}"
