"""Money: an integer of minor units with its currency inside. Never a float; a decimal string only at the edge."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Self

from babel.core import get_global
from babel.numbers import format_currency, get_currency_precision


class UnknownCurrency(ValueError):
    """Not a currency code of ISO 4217."""


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies cannot be added or compared."""


class InvalidAmount(ValueError):
    """Not an amount of this currency: not a number, or with more digits than the currency has."""


@functools.cache
def exponent(currency: str) -> int:
    """Digits behind the point of a currency: INR 2, JPY 0, KWD 3 (ISO 4217, by CLDR). Raises UnknownCurrency."""
    if currency not in get_global("all_currencies"):
        raise UnknownCurrency(currency)
    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` is in the currency's smallest unit (paise for INR)."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read a decimal string such as `1299.00`. Raises InvalidAmount, UnknownCurrency."""
        digits = exponent(currency)
        try:
            scaled = Decimal(text).scaleb(digits)
        except (InvalidOperation, TypeError, ValueError):
            raise InvalidAmount(f"{text!r} is not an amount") from None
        if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) >= 10**15:
            raise InvalidAmount(f"{text!r} is not an amount of {currency}, which has {digits} decimal digits")
        return cls(int(scaled), currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __str__(self) -> str:
        """The decimal string of the API: `1299.00` INR, `1299` JPY, `1.299` KWD."""
        return decimal_text(self.minor, self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __mul__(self, factor: int) -> Money:
        return Money(self.minor * factor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Divide by weights with the largest remainder: the parts add up to the whole, none is off by a unit or more.

        Equal remainders go to the heavier weight, then by position, so that the amounts do not depend on the order
        of unequal lines. Raises ValueError for negative or all-zero weights.
        """
        return [Money(part, self.currency) for part in split_integer(self.minor, weights)]

    def text(self, locale: str = "en") -> str:
        """For people: `₹1,299`, with paise only where there are any, in lakh grouping for INR."""
        return format_money(self.minor, self.currency, locale)


def decimal_text(minor: int, currency: str) -> str:
    """What `Money` is as a text, for answers that hold hundreds of amounts."""
    digits = exponent(currency)
    if not digits:
        return str(minor)
    whole, rest = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{digits}}"


def split_integer(whole: int, weights: Sequence[int]) -> list[int]:
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative, and one must be above zero")
    sign, size = (-1, -whole) if whole < 0 else (1, whole)
    parts = [size * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % total), -weights[i], i))
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def sum_money(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, start=Money(0, currency))


def percent_of(minor: int, basis_points: int) -> int:
    """`basis_points` hundredths of a percent of an amount, rounded half up, away from zero."""
    return int((Decimal(minor) * basis_points / 10_000).quantize(Decimal(1), ROUND_HALF_UP))


def tax_inside(minor: int, basis_points: int) -> int:
    """The tax contained in an amount that includes it: amount × rate ÷ (1 + rate), rounded half up."""
    return int((Decimal(minor) * basis_points / (10_000 + basis_points)).quantize(Decimal(1), ROUND_HALF_UP))


def format_money(minor: int, currency: str, locale: str = "en", *, paise: bool | None = None) -> str:
    """`paise=None` shows the fraction only where it is not zero (shelves); True always (invoices)."""
    digits = exponent(currency)
    whole = minor % 10**digits == 0
    fraction = "" if (whole and paise is not True) or digits == 0 else "." + "0" * digits
    group = "#,##,##0" if currency == "INR" else "#,##0"
    territory = {"en": "en_IN", "hi": "hi_IN"}.get(locale, locale.replace("-", "_"))
    value = Decimal(minor).scaleb(-digits)
    text = format_currency(abs(value), currency, f"¤{group}{fraction}", locale=territory, currency_digits=False)
    return f"−{text}" if value < 0 else text
