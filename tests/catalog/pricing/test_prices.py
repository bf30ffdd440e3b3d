from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing.models import PriceLine, PriceList, TaxRate
from catalog.pricing.rules import Line, PriceInput, Rate, resolve_price
from catalog.pricing.selectors import _SQL, prices_for
from catalog.pricing.services.set_base_prices import BasePrice, base_list, set_base_prices
from shop.core.context import ShopContext
from shop.core.money import Money
from tests.factories.variants import make_variant

DAY = timedelta(days=1)
NOON = datetime(2026, 11, 8, 12, tzinfo=UTC)
CONTEXT = ShopContext(at=NOON, currency="INR", locale="en")

GST = (Rate(1800, NOON - DAY),)


def _line(**facts) -> Line:
    return Line(**({"id": 1, "list_code": "base", "currency": "INR", "customer_group": "", "priority": 0, "is_base": True,
                    "min_qty": 1, "amount": 64900, "compare_at": None, "valid_from": None, "valid_to": None} | facts))  # fmt: skip


def _resolve(*lines, rates=GST, quantity=1, **context):
    context = ShopContext(**({"at": NOON, "currency": "INR", "locale": "en"} | context))
    return resolve_price(variants=[PriceInput(7, lines, rates, quantity)], context=context).get(7)


def test_a_price_tells_its_tax_and_how_it_came_about():
    price = _resolve(_line(compare_at=79900))
    assert (price.amount, price.compare_at, price.tax_basis_points) == (Money(64900, "INR"), Money(79900, "INR"), 1800)
    assert price.tax_of(2) == Money(19800, "INR")
    assert [step["step"] for step in price.trace] == ["base", "tax"]


def test_no_price_in_the_currency_means_not_for_sale():
    assert _resolve(_line(), currency="USD") is None
    assert _resolve() is None


@pytest.mark.parametrize(("at", "amount"), [(NOON - DAY, 100), (NOON, 200), (NOON + DAY, 300)])
def test_a_line_holds_from_its_first_to_before_its_last_instant(at, amount):
    lines = (_line(id=1, amount=100, valid_to=NOON), _line(id=2, amount=200, valid_from=NOON, valid_to=NOON + DAY),
             _line(id=3, amount=300, valid_from=NOON + DAY))  # fmt: skip
    assert _resolve(*lines, at=at).amount.minor == amount


def test_it_says_until_when_it_is_true():
    rates = (Rate(500, NOON - DAY), Rate(1800, NOON + 2 * DAY))
    assert _resolve(_line(valid_to=NOON + 3 * DAY), rates=rates).valid_until == NOON + 2 * DAY
    assert _resolve(_line(), rates=rates, at=NOON + 2 * DAY).tax_basis_points == 1800
    assert _resolve(_line(), rates=()).valid_until is None


def test_group_before_all_then_priority_then_quantity_then_cheaper():
    base = _line()
    sale = _line(id=2, is_base=False, priority=1, amount=60000, list_code="diwali")
    dearer = _line(id=3, is_base=False, priority=2, amount=70000)
    trade = _line(id=4, is_base=False, customer_group="trade", amount=90000)
    many = _line(id=5, min_qty=10, amount=50000)
    assert _resolve(base, sale).amount.minor == 60000
    assert [step.get("list") for step in _resolve(base, sale).trace] == ["base", "diwali", None]
    assert _resolve(base, sale, dearer).amount.minor == 70000
    assert _resolve(base, dearer, trade, customer_group="trade").amount.minor == 90000
    assert _resolve(base, trade).amount.minor == 64900
    assert _resolve(base, many, quantity=9).amount.minor == 64900
    assert _resolve(base, many, quantity=10).amount.minor == 50000


def test_a_campaign_draft_is_seen_only_in_its_preview():
    draft = _line(id=2, amount=100, change_set=5, is_base=False)
    assert _resolve(_line(), draft).amount.minor == 64900
    assert _resolve(_line(), draft, campaign=6).amount.minor == 64900
    assert _resolve(_line(), draft, campaign=5).amount.minor == 100


@given(st.integers(0, 10**9), st.integers(0, 10_000), st.integers(1, 999))
def test_tax_never_exceeds_the_amount(amount, basis_points, quantity):
    price = _resolve(_line(amount=amount), rates=(Rate(basis_points, NOON),))
    tax = price.tax_of(quantity).minor
    assert 0 <= tax <= amount * quantity
    assert abs(tax * (10_000 + basis_points) - amount * quantity * basis_points) * 2 <= 10_000 + basis_points


# --- stored prices ---------------------------------------------------------------------------------------------------


def test_many_prices_are_one_query(db, django_assert_num_queries):
    variants = [make_variant(price=100 * n, tax=500) for n in range(1, 6)]
    with django_assert_num_queries(1):
        prices = prices_for([variant.pk for variant in variants], ShopContext.now())
    assert [prices[variant.pk].amount.minor for variant in variants] == [100, 200, 300, 400, 500]
    assert {price.tax_basis_points for price in prices.values()} == {500}


def test_a_new_base_price_keeps_the_old_line_as_history(db):
    variant = make_variant(price=64900, at=NOON - DAY)
    assert set_base_prices(prices={variant.pk: BasePrice(59900, 64900)}, currency="INR", at=NOON) == {variant.pk}
    lines = PriceLine.objects.order_by("pk").values_list("amount", "valid_from", "valid_to")
    assert list(lines) == [(64900, NOON - DAY, NOON), (59900, NOON, None)]
    assert prices_for([variant.pk], CONTEXT.at_time(NOON - timedelta(seconds=1)))[variant.pk].amount.minor == 64900
    assert prices_for([variant.pk], CONTEXT)[variant.pk].amount.minor == 59900


def test_the_same_price_again_writes_nothing(db):
    variant = make_variant(price=64900, at=NOON - DAY)
    before = list(PriceLine.objects.values())
    assert set_base_prices(prices={variant.pk: BasePrice(64900)}, currency="INR", at=NOON) == set()
    assert list(PriceLine.objects.values()) == before


def test_a_dated_future_price_survives_a_new_base_price(db):
    variant = make_variant(price=64900, at=NOON - DAY)
    PriceLine.objects.update(valid_to=NOON + DAY)
    PriceLine.objects.create(price_list=base_list("INR"), variant=variant, amount=100, valid_from=NOON + DAY)
    set_base_prices(prices={variant.pk: BasePrice(59900)}, currency="INR", at=NOON)
    assert prices_for([variant.pk], CONTEXT)[variant.pk].amount.minor == 59900
    assert prices_for([variant.pk], CONTEXT.at_time(NOON + DAY))[variant.pk].amount.minor == 100


def test_taking_the_price_away_takes_it_off_sale(db):
    variant = make_variant(price=64900, at=NOON - DAY)
    set_base_prices(prices={variant.pk: BasePrice(None)}, currency="INR", at=NOON)
    assert prices_for([variant.pk], CONTEXT) == {}


def test_a_list_that_is_not_live_does_not_count(db):
    variant = make_variant(at=NOON - DAY)
    PriceList.objects.update(live=False)
    assert prices_for([variant.pk], CONTEXT) == {}


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": -1},
        {"compare_at": 64900},
        {"min_qty": 0},
        {"valid_from": NOON, "valid_to": NOON},
        {"valid_from": NOON - 2 * DAY},  # overlaps the line that is there
    ],
)
def test_the_database_refuses_impossible_lines(db, facts):
    variant = make_variant(price=100, at=NOON - DAY)
    row = {
        "price_list": base_list("INR"),
        "variant": variant,
        "amount": 64900,
        "valid_from": NOON - 9 * DAY,
        "valid_to": NOON - 8 * DAY,
    }
    if facts.get("valid_from") == NOON - 2 * DAY:
        facts = facts | {"valid_to": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceLine.objects.create(**(row | facts))
    assert PriceLine.objects.count() == 1


def test_two_rates_of_one_class_on_one_date_are_refused(db):
    make_variant(tax=1800)
    rate = TaxRate.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        TaxRate.objects.create(tax_class=rate.tax_class, basis_points=1, valid_from=rate.valid_from)


@pytest.mark.django_db
def test_one_look_into_an_index_per_variant_even_when_postgresql_believes_the_tables_empty():
    """As it does while they fill for the first time: it once joined 500 variants row by row against all lines."""
    variant = make_variant()
    rows = [PriceLine(price_list=base_list("INR"), variant=variant, amount=100, min_qty=n) for n in range(2, 2_000)]
    PriceLine.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_class SET reltuples = 0, relpages = 60 WHERE relname = 'pricing_priceline'")
        cursor.execute(
            f"EXPLAIN {_SQL}", {"variants": list(range(500)), "currency": "INR", "at": NOON, "campaign": None}
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "variant_id = v.id" in plan, plan
