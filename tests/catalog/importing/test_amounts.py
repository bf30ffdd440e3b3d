from __future__ import annotations

import contextlib
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing.amounts import (
    convert_prices,
    is_unknown,
    parse_amount,
    parse_conversion,
    parse_conversions,
    shows_decimal_comma,
)
from catalog.importing.errors import CellRefused, OptionRefused


def group_indian(digits: str) -> str:
    head, tail = digits[:-3], digits[-3:]
    parts = []
    while head:
        parts.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*parts, tail])


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("49.99", "USD", 4999),
        ("39.9", "USD", 3990),
        ("12", "USD", 1200),
        ("1,299.00", "INR", 129900),
        ("1,29,900.00", "INR", 12990000),
        ("12,34,567", "INR", 123456700),
        ("1,299", "INR", 129900),
        ("₹1,299", "INR", 129900),
        ("Rs. 99", "INR", 9900),
        ("INR 99.50", "INR", 9950),
        ("99.50 usd", "USD", 9950),
        ("$5", "USD", 500),
        ("12,50", "EUR", 1250),
        ("1.299,00 €", "EUR", 129900),
        ("1\N{NO-BREAK SPACE}299,00", "EUR", 129900),
        ("1'299.00", "CHF", 129900),
        ("49.9900", "USD", 4999),
        ("1299", "JPY", 1299),
        ("1299.00", "JPY", 1299),
        ("1.299", "KWD", 1299),
        ("0", "INR", 0),
    ],
)
def test_reads_amounts_as_people_write_them(text, currency, minor):
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "reason"),
    [
        ("1.299", "INR", "thousands or a fraction"),
        ("49.990", "USD", "thousands or a fraction"),
        ("1,299", "KWD", "thousands or a fraction"),
        ("-5", "INR", "negative"),
        ("₹-5", "INR", "negative"),
        ("−5", "INR", "negative"),
        ("(5.00)", "INR", "negative"),
        ("1e3", "INR", "not an amount"),
        ("1,2,3", "INR", "not an amount"),
        ("1,29,90.00", "INR", "not an amount"),
        ("1.299.00", "INR", "not an amount"),
        ("free", "INR", "not an amount"),
        ("१२", "INR", "not an amount"),
        ("0x10", "INR", "not an amount"),
        ("5%", "INR", "not an amount"),
        ("12.345", "EUR", "thousands or a fraction"),
        ("12.3456", "EUR", "digits behind the point"),
        ("12.5", "JPY", "digits behind the point"),
        ("$5", "INR", "does not fit"),
        ("₹5", "USD", "does not fit"),
        ("5 EUR", "USD", "does not fit"),
        ("5", "XXY", "not a currency"),
        ("1" * 20, "INR", "too large"),
        ("10000000000", "INR", "too large"),
        ("", "INR", "not an amount"),
        ("NaN", "INR", "does not fit|not an amount"),
        ("Infinity", "INR", "not an amount"),
    ],
)
def test_refuses_what_is_no_amount_or_could_be_two(text, currency, reason):
    with pytest.raises(CellRefused, match=reason):
        parse_amount(text, currency)


def test_a_file_that_writes_cents_behind_a_comma_makes_one_comma_ambiguous():
    assert shows_decimal_comma("12,50") and shows_decimal_comma("1.299,00 €")
    assert not any(shows_decimal_comma(text) for text in ("1,299", "1,29,900", "1,299.00", "12.50", "12"))
    with pytest.raises(CellRefused, match="thousands or a fraction"):
        parse_amount("1,299", "EUR", decimal_comma=True)


@given(st.integers(0, 10**9))
def test_every_amount_survives_plain_western_and_indian_writing(minor):
    whole, part = divmod(minor, 100)
    for text in (f"{whole}.{part:02d}", f"{whole:,}.{part:02d}", f"{group_indian(str(whole))}.{part:02d}"):
        assert parse_amount(text, "INR") == minor


@given(st.integers(0, 10**9), st.sampled_from(["INR", "JPY", "KWD"]))
def test_the_decimal_string_of_the_api_is_read_back(minor, currency):
    digits = {"INR": 2, "JPY": 0, "KWD": 3}[currency]
    assert parse_amount(f"{Decimal(minor).scaleb(-digits):.{digits}f}", currency) == minor


@given(st.text(max_size=20), st.sampled_from(["INR", "USD", "KWD"]))
def test_any_text_is_an_amount_or_refused(text, currency):
    with contextlib.suppress(CellRefused):
        assert parse_amount(text, currency) >= 0


def test_unknown_values():
    assert all(is_unknown(text) for text in ("", "NA", " n/a ", "#N/A", "null", "-"))
    assert not any(is_unknown(text) for text in ("0", "0.00", "free"))


def test_converts_with_half_rounded_up_and_leaves_given_prices():
    (conversion,) = parse_conversions(["usd:inr=84.50"])
    assert conversion.apply(879_99) == 74_359_16  # 879.99 × 84.50 = 74 359.155
    assert convert_prices({"USD": 100}, [conversion]) == {"USD": 100, "INR": 8450}
    assert convert_prices({"USD": 100, "INR": 5}, [conversion]) == {"USD": 100, "INR": 5}
    assert convert_prices({"EUR": 100}, [conversion]) == {"EUR": 100}


def test_converts_between_currencies_of_other_digits():
    assert parse_conversion("USD:JPY=150").apply(1_99) == 299  # 298.5 yen
    assert parse_conversion("JPY:KWD=0.002").apply(1000) == 2000


@given(st.integers(0, 10**10), st.decimals("0.0001", "9999", places=4))
def test_conversion_is_exact_to_half_a_unit(minor, rate):
    converted = parse_conversion(f"USD:INR={rate}").apply(minor)
    assert converted == int((minor * rate).quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(
    "text", ["USD:INR", "USD:INR=", "USD:INR=0", "USD:INR=-1", "USD:INR=1e3", "USD:USD=1", "USD:ZZY=2", "84.5"]
)
def test_refuses_senseless_conversions(text):
    with pytest.raises(OptionRefused):
        parse_conversions([text])


def test_refuses_two_ways_to_the_same_currency():
    with pytest.raises(OptionRefused, match="two conversions make INR"):
        parse_conversions(["USD:INR=84", "EUR:INR=90"])
