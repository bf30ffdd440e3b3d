"""Prices as people write them, to integers of minor units; and conversion into another currency. No floats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from catalog.importing.errors import CellRefused, OptionRefused
from shop.core.money import UnknownCurrency, exponent

LARGEST_MINOR = 10**12
UNKNOWN = frozenset({"", "na", "n/a", "#n/a", "null", "none", "nan", "-", "--", "–", "—"})

SIGNS = {
    "₹": ("INR",),
    "rs.": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "us$": ("USD",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD"),
    "€": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "₩": ("KRW",),
}

_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_MARKED = re.compile(
    rf"(?:(?P<front>{_SIGN}|[A-Z]{{3}}\b)\s*)?(?P<number>.*?)(?:\s*(?P<back>{_SIGN}|\b[A-Z]{{3}}))?", re.I
)
_WESTERN = r"[0-9]{1,3}(?:[,'’ ][0-9]{3})+"
_INDIAN = r"[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}"
_POINT = re.compile(rf"(?P<whole>[0-9]+|{_WESTERN}|{_INDIAN})(?:\.(?P<part>[0-9]+))?")
_COMMA = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+),(?P<part>[0-9]+)")
_ONE_MARK = re.compile(r"[0-9]{1,3}(?P<mark>[.,])[0-9]{3}")
_COMMA_STYLE = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+),[0-9]{1,2}(?![0-9,])")


@cache
def currency_exponent(currency: str) -> int:
    """Digits behind the point: INR 2, JPY 0, KWD 3 (ISO 4217, by CLDR). Raises CellRefused for an unknown code."""
    try:
        return exponent(currency)
    except UnknownCurrency:
        raise CellRefused("not a currency code of ISO 4217, such as INR or USD") from None


def is_currency(code: str) -> bool:
    try:
        currency_exponent(code)
    except CellRefused:
        return False
    return True


def parse_currency(text: str) -> str:
    """`inr` → `INR`. Raises CellRefused."""
    code = text.strip().upper()
    currency_exponent(code)
    return code


def is_unknown(text: str) -> bool:
    """Whether the cell says that there is no value: empty, `NA`, `null`, a dash."""
    return text.strip().casefold() in UNKNOWN


def shows_decimal_comma(text: str) -> bool:
    """Whether this price can only be read with a comma before its cents (`12,50`, `1.299,00`)."""
    return _COMMA_STYLE.search(text) is not None


def parse_amount(text: str, currency: str, *, decimal_comma: bool = False) -> int:
    """`₹1,29,900.00` INR → 12990000 paise. `decimal_comma`: the file writes `12,50` elsewhere.

    Raises CellRefused for what is not an amount, is negative, has more digits than the currency, carries another
    currency's sign, or could be read in two ways (`1.299`).
    """
    number = _without_sign(_tidy(text), currency)
    if number.startswith(("-", "−", "(")):
        raise CellRefused("a price cannot be negative")
    digits = currency_exponent(currency)
    _refuse_ambiguous(number, digits, decimal_comma)
    match = _POINT.fullmatch(number) or _COMMA.fullmatch(number)
    if match is None:
        raise CellRefused("not an amount")
    return _minor_units(match["whole"], match["part"] or "", digits, currency)


def _tidy(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").split())


def _without_sign(text: str, currency: str) -> str:
    match = _MARKED.fullmatch(text)
    signs = list(filter(None, (match["front"], match["back"]))) if match else []
    if match is None or not all(_is_sign(sign) for sign in signs):
        return text
    for sign in signs:
        if currency not in SIGNS.get(sign.lower(), (sign.upper(),)):
            raise CellRefused(f"the sign {sign} does not fit the currency {currency}")
    return match["number"]


def _is_sign(text: str) -> bool:
    return text.lower() in SIGNS or is_currency(text.upper())


def _refuse_ambiguous(number: str, digits: int, decimal_comma: bool) -> None:
    match = _ONE_MARK.fullmatch(number)
    if match is None:
        return
    thousands = match["mark"] == "," and digits != 3 and not decimal_comma
    fraction = match["mark"] == "." and digits == 3 and not decimal_comma
    if not thousands and not fraction:
        raise CellRefused("may be thousands or a fraction; write it without separators, such as 1299.00")


def _minor_units(whole: str, part: str, digits: int, currency: str) -> int:
    if part[digits:].strip("0"):
        raise CellRefused(f"{currency} has {digits} digits behind the point")
    bare = re.sub(r"[^0-9]", "", whole)
    if len(bare) > 15:
        raise CellRefused("too large for a price")
    minor = int(bare + part[:digits].ljust(digits, "0"))
    if minor >= LARGEST_MINOR:
        raise CellRefused("too large for a price")
    return minor


@dataclass(frozen=True, slots=True)
class Conversion:
    """One unit of `source` is worth `rate` units of `target`."""

    source: str
    target: str
    rate: Decimal

    def apply(self, minor: int) -> int:
        """Minor units of the source to minor units of the target, rounded half up."""
        shift = currency_exponent(self.target) - currency_exponent(self.source)
        return int((Decimal(minor) * self.rate).scaleb(shift).quantize(Decimal(1), ROUND_HALF_UP))


def parse_conversion(text: str) -> Conversion:
    """`USD:INR=84.50`. Raises OptionRefused."""
    match = re.fullmatch(r"\s*([A-Za-z]{3}):([A-Za-z]{3})=([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*", text)
    if match is None or not Decimal(match[3]):
        raise OptionRefused(f"{text!r} is not a conversion such as USD:INR=84.50")
    try:
        source, target = parse_currency(match[1]), parse_currency(match[2])
    except CellRefused as error:
        raise OptionRefused(f"{text!r}: {error}") from None
    if source == target:
        raise OptionRefused(f"{text!r} converts a currency into itself")
    return Conversion(source, target, Decimal(match[3]))


def parse_conversions(texts: Iterable[str]) -> tuple[Conversion, ...]:
    """Raises OptionRefused, also where two of them make the same currency."""
    conversions = tuple(parse_conversion(text) for text in texts)
    targets = [conversion.target for conversion in conversions]
    for target in targets:
        if targets.count(target) > 1:
            raise OptionRefused(f"two conversions make {target}")
    return conversions


def convert_prices(prices: Mapping[str, int], conversions: Iterable[Conversion]) -> dict[str, int]:
    """The prices, with those that can be converted added. A price that the file itself gives stands."""
    result = dict(prices)
    for conversion in conversions:
        if conversion.source in prices and conversion.target not in prices:
            result[conversion.target] = conversion.apply(prices[conversion.source])
    return result
