"""Price lists and tax rates: dated lines are added and ended; nothing rewrites what was charged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from catalog.pricing.errors import TypedOnProduct
from catalog.pricing.models import PriceLine, PriceList, TaxRate
from catalog.pricing.selectors import prices_for
from catalog.pricing.services.add_price_line import NewLine, add_price_line
from catalog.pricing.services.end_price_line import end_price_line
from shop.core.context import ShopContext
from shop.core.errors import Invalid, NotThere
from shop.core.outbox.models import OutboxEvent
from tests.factories.staff import browser_of
from tests.factories.variants import make_tax_class, make_variant

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
DAY = timedelta(days=1)


@pytest.fixture
def maya(db):
    return browser_of("merchandiser")


@pytest.fixture
def mug(db):
    return make_variant(sku="MUG")


@pytest.fixture
def dollars(db):
    return PriceList.objects.create(code="base-usd", name="Base prices", currency="USD", is_base=True, live=True)


def url(name: str, *args, model: str = "pricelist") -> str:
    return reverse(f"wagtailsnippets_pricing_{model}:{name}", args=args)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def everything() -> list:
    models = (PriceList, PriceLine, TaxRate)
    told = OutboxEvent.objects.filter(name="price.changed").count()
    return [list(model.objects.order_by("pk").values()) for model in models] + [told]


def price_at(variant, at, currency="USD") -> int | None:
    price = prices_for([variant.pk], ShopContext(at=at, currency=currency, locale="en")).get(variant.pk)
    return price and price.amount.minor


def add(prices, variant, amount, *, interrupt=False, at=NOW, **dates):
    line = NewLine(variant_id=variant.pk, amount=amount, **dates)
    return add_price_line(price_list_id=prices.pk, line=line, at=at, interrupt=interrupt)


def test_a_price_begins_and_ends(mug, dollars):
    line = add(dollars, mug, 1499, compare_at=1999)
    told = OutboxEvent.objects.get(name="price.changed")
    assert told.payload["product_ids"] == [mug.core_id]
    assert price_at(mug, NOW + DAY) == 1499 and price_at(mug, NOW - DAY) is None
    end_price_line(line_id=line.pk, at=NOW + DAY)
    end_price_line(line_id=line.pk, at=NOW + 2 * DAY)  # again: no effect
    line.refresh_from_db()
    assert line.valid_to == NOW + DAY
    assert price_at(mug, NOW + 2 * DAY) is None and price_at(mug, NOW + DAY / 2) == 1499


def test_one_that_has_not_begun_is_taken_back(mug, dollars):
    line = add(dollars, mug, 1499, valid_from=NOW + DAY)
    end_price_line(line_id=line.pk, at=NOW)
    assert not PriceLine.objects.filter(pk=line.pk).exists()


def test_a_sale_interrupts_the_price_that_runs_and_gives_way_to_it_again(mug, dollars):
    add(dollars, mug, 1999)
    add(dollars, mug, 1499, at=NOW + DAY, valid_from=NOW + 2 * DAY, valid_to=NOW + 4 * DAY, interrupt=True)
    prices = [price_at(mug, NOW + days * DAY + DAY / 2) for days in range(6)]
    assert prices == [1999, 1999, 1499, 1499, 1999, 1999]
    add(dollars, mug, 2499, at=NOW + DAY, valid_from=NOW + 5 * DAY, interrupt=True)
    assert [price_at(mug, NOW + days * DAY) for days in (4.5, 5, 9)] == [1999, 2499, 2499]


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({}, "valid_from"),
        ({"valid_from": NOW + DAY}, "valid_from"),
        ({"valid_from": NOW + 5 * DAY, "valid_to": NOW + 12 * DAY}, "valid_from"),
    ],
)
def test_what_overlaps_is_named(mug, dollars, dates, field):
    add(dollars, mug, 1999, valid_to=NOW + 10 * DAY)
    before = everything()
    with pytest.raises(Invalid) as refused:
        add(dollars, mug, 1499, **dates)
    assert "$19.99" in refused.value.errors[field][0]
    assert everything() == before


def test_running_into_a_price_to_come_is_refused_even_when_interrupting(mug, dollars):
    add(dollars, mug, 1999, valid_from=NOW + 5 * DAY)
    before = everything()
    with pytest.raises(Invalid) as refused:
        add(dollars, mug, 1499, interrupt=True)
    assert "valid_to" in refused.value.errors
    assert everything() == before
    add(dollars, mug, 1499, valid_to=NOW + 5 * DAY)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"amount": 0}, "amount"), ({"amount": -1}, "amount"), ({"amount": 10**14}, "amount"),
        ({"compare_at": 1499}, "compare_at"), ({"min_qty": 0}, "min_qty"),
        ({"valid_from": NOW - DAY}, "valid_from"), ({"valid_to": NOW}, "valid_to"),
        ({"valid_from": NOW + DAY, "valid_to": NOW + DAY}, "valid_to"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused(mug, dollars, facts, field):
    before = everything()
    facts = {"amount": 1499} | facts
    with pytest.raises(Invalid) as refused:
        add(dollars, mug, facts.pop("amount"), **facts)
    assert field in refused.value.errors
    assert everything() == before


def test_the_shops_own_base_prices_are_typed_on_the_products(mug):
    base = PriceList.objects.get(currency="INR", is_base=True)
    before = everything()
    with pytest.raises(TypedOnProduct):
        add(base, mug, 100, valid_from=NOW + DAY)
    with pytest.raises(TypedOnProduct):
        end_price_line(line_id=base.lines.get().pk, at=NOW)
    with pytest.raises(NotThere):
        end_price_line(line_id=10**9, at=NOW)
    assert everything() == before


def form(**changes) -> dict:
    return {
        "sku": "MUG",
        "amount": "14.99",
        "compare_at": "",
        "min_qty": "1",
        "valid_from": "",
        "valid_to": "",
    } | changes


def test_a_dollar_price_is_typed(maya, mug, dollars):
    response = maya.post(url("lines", dollars.pk), form(compare_at="1,019.99", interrupt="on"))
    assert response.url == url("lines", dollars.pk) + "?q=MUG" and "$14.99" in said(response)
    line = dollars.lines.get()
    assert (line.amount, line.compare_at, line.valid_to) == (1499, 101999, None)
    page = maya.get(response.url).content.decode()
    assert "$14.99" in page and "$1,019.99" in page and "Holds" in page
    assert "MUG: $14.99" in maya.get(url("history", dollars.pk)).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "abc"}, "amount"), ({"amount": "14.999"}, "amount"), ({"amount": "-1"}, "amount"),
        ({"amount": "0"}, "amount"), ({"sku": "NONE"}, "sku"), ({"compare_at": "1"}, "compare_at"),
        ({"valid_from": "2020-01-01T00:00"}, "valid_from"), ({"valid_to": "yesterday"}, "valid_to"),
        ({"min_qty": "x"}, "min_qty"), ({}, "valid_from"),
    ],
)  # fmt: skip
def test_a_refused_price_is_a_form_error(maya, mug, dollars, changes, field):
    add(dollars, mug, 1999, at=timezone.now() - DAY)
    before = everything()
    response = maya.post(url("lines", dollars.pk), form(**changes))
    assert response.status_code == 200 and field in response.context["form"].errors
    assert everything() == before


def test_a_price_is_ended_on_its_page(maya, mug, dollars):
    line = add(dollars, mug, 1999, at=timezone.now() - DAY)
    address = url("end_line", dollars.pk, line.pk)
    assert "$19.99" in maya.get(address).content.decode()
    assert "has ended" in said(maya.post(address))
    line.refresh_from_db()
    assert line.valid_to is not None and price_at(mug, timezone.now()) is None
    before = everything()
    assert "nothing was changed" in said(maya.post(address))
    assert everything() == before
    assert "No prices yet" in maya.get(url("lines", dollars.pk)).content.decode()
    assert "Held" in maya.get(url("lines", dollars.pk) + "?past=1").content.decode()


def test_the_base_list_is_read_only(maya, mug):
    base = PriceList.objects.get(currency="INR", is_base=True)
    page = maya.get(url("lines", base.pk)).content.decode()
    assert "typed on the products" in page and 'name="amount"' not in page
    before = everything()
    assert maya.post(url("lines", base.pk), form()).status_code == 302
    maya.post(url("end_line", base.pk, base.lines.get().pk))
    maya.post(url("unpublish", base.pk))
    assert maya.post(url("delete", base.pk)).status_code == 302
    assert everything() == before


def header(**changes) -> dict:
    return {"name": "Diwali", "code": "diwali", "currency": "INR", "customer_group": "", "priority": "10",
            "action-publish": "1"} | changes  # fmt: skip


def test_a_list_is_made_switched_off_and_on(maya, mug):
    response = maya.post(url("add"), header())
    assert response.status_code == 302, response.context["form"].errors
    diwali = PriceList.objects.get(code="diwali")
    add(diwali, mug, 49900, at=timezone.now() - DAY)
    assert price_at(mug, timezone.now(), "INR") == 49900
    told = OutboxEvent.objects.filter(name="price.changed").count()
    assert maya.post(url("unpublish", diwali.pk)).status_code == 302
    assert price_at(mug, timezone.now(), "INR") == 64900
    assert OutboxEvent.objects.filter(name="price.changed").count() == told + 1
    maya.post(url("edit", diwali.pk), header())
    assert price_at(mug, timezone.now(), "INR") == 49900
    assert OutboxEvent.objects.filter(name="price.changed").count() == told + 2


def test_the_currency_of_a_list_with_prices_stays(maya, mug, dollars):
    add(dollars, mug, 1999)
    before = everything()
    response = maya.post(url("edit", dollars.pk), header(code="base-usd", currency="INR"))
    assert response.status_code == 200 and "currency" in response.context["form"].errors
    assert everything() == before


def test_a_tax_rate_is_added_for_a_day_to_come(maya, mug):
    tax_class = make_tax_class(1800)
    when = (timezone.localtime() + 30 * DAY).strftime("%Y-%m-%d %H:%M")
    data = {"tax_class": tax_class.pk, "percent": "12.5", "valid_from": when}
    response = maya.post(url("add", model="taxrate"), data)
    assert response.status_code == 302, response.context["form"].errors
    assert tax_class.rates.latest("valid_from").basis_points == 1250
    assert OutboxEvent.objects.filter(name="price.changed").latest("pk").payload["product_ids"] == [mug.core_id]
    assert (
        "12.50 %" in maya.get(url("list", model="taxrate")).content.decode()
        or "12.5 %" in maya.get(url("list", model="taxrate")).content.decode()
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"valid_from": "2021-01-01 00:00"}, "valid_from"), ({"percent": "101"}, "percent"), ({"percent": "-1"}, "percent"),
     ({"percent": "1.234"}, "percent"), ({"valid_from": ""}, "valid_from"), ({"tax_class": "0"}, "tax_class")],
)  # fmt: skip
def test_a_refused_rate_changes_nothing(maya, mug, changes, field):
    when = (timezone.localtime() + DAY).strftime("%Y-%m-%d %H:%M")
    before = everything()
    data = {"tax_class": make_tax_class(1800).pk, "percent": "12", "valid_from": when} | changes
    response = maya.post(url("add", model="taxrate"), data)
    assert response.status_code == 200 and field in response.context["form"].errors
    assert everything() == before


def test_old_rates_are_neither_edited_nor_deleted(mug):
    admin = browser_of("admin")
    rate = TaxRate.objects.get()
    before = everything()
    for name in ("edit", "delete"):
        assert admin.post(url(name, rate.pk, model="taxrate"), {"percent": "1"}).status_code == 302
    assert everything() == before
