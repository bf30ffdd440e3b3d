import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import InvalidAmount, Money, exponent, format_money, percent_of, split_integer, tax_inside


def test_exponents_of_the_iso_list():
    assert [exponent(c) for c in ("INR", "USD", "JPY", "KWD")] == [2, 2, 0, 3]


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("1299.00", "INR", 129900), ("-0.05", "INR", -5), ("-12.00", "INR", -1200), ("1299", "JPY", 1299),
     ("-3", "JPY", -3), ("1.299", "KWD", 1299)],
)  # fmt: skip
def test_text_round_trip(text, currency, minor):
    assert Money.parse(text, currency) == Money(minor, currency)
    assert str(Money(minor, currency)) == text


@pytest.mark.parametrize("text", ["", "abc", "1.005", "NaN", "Infinity", None, "1e20"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InvalidAmount):
        Money.parse(text, "INR")


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_parts_add_up_to_the_whole(whole, weights):
    parts = split_integer(whole, weights)
    assert sum(parts) == whole
    assert all(
        abs(part * sum(weights) - whole * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**5), min_size=2, max_size=8, unique=True), st.randoms())
def test_the_order_of_lines_does_not_matter(whole, weights, random):
    shuffled = random.sample(weights, len(weights))
    by_weight = dict(zip(weights, split_integer(whole, weights), strict=True))
    assert dict(zip(shuffled, split_integer(whole, shuffled), strict=True)) == by_weight


def test_tax_inside_and_on_top():
    assert tax_inside(11800, 1800) == 1800
    assert percent_of(10000, 1800) == 1800
    assert percent_of(1, 5000) == 1


def test_lakh_grouping_and_paise_only_where_there_are_any():
    assert format_money(124830000, "INR") == "₹12,48,300"
    assert format_money(64950, "INR") == "₹649.50"
    assert format_money(64900, "INR", paise=True) == "₹649.00"
    assert format_money(129900, "USD") == "$1,299"
    assert format_money(-64900, "INR") == "−₹649"
