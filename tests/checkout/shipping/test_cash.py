"""Rules of cash on delivery: at the API, on the pages and in the admin the same terms, and the fee in one sum."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from checkout.cart.models import CartLine
from checkout.order.models import Order
from checkout.payment.models import Payment
from checkout.shipping.models import CashRule
from tests.checkout.api.conftest import Guest
from tests.checkout.storefront.conftest import Browser, text_of
from tests.factories.catalog import make_category, make_product
from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.staff import browser_of

pytestmark = pytest.mark.django_db
PIN = ADDRESS["pincode"]


@pytest.fixture
def kitchen():
    return make_category("Kitchen")


@pytest.fixture
def mug(kitchen):
    make_shipping()
    return make_product(
        "Chai mug", sku="MUG", price=64900, stock=10, categories=[make_category("Mugs", parent=kitchen)]
    )


@pytest.fixture
def guest(mug) -> Guest:
    guest = Guest()
    guest.call("post", "cart/items/", {"product_id": mug.pk, "quantity": 1})
    return guest


@pytest.fixture
def browser(mug) -> Browser:
    browser = Browser()
    browser.add(mug)
    return browser


def rule(**facts) -> CashRule:
    CashRule.objects.update(**facts)
    return CashRule.objects.get()


def flat(guest: Guest, pincode: str = PIN) -> dict:
    return guest.call("get", f"cart/shipping/?pincode={pincode}").json()[0]


def test_as_it_was_before_there_were_rules():
    kept = CashRule.objects.get()
    assert (kept.currency, kept.active, kept.fee, kept.least, kept.greatest) == ("INR", True, 0, 0, 25_000_00)


def test_the_fee_is_told_before_and_stands_in_the_order_after(guest):
    rule(fee=4_000)
    assert (flat(guest)["cod"], flat(guest)["cod_fee"]) == (True, "40.00")
    placed = guest.order()
    assert placed.status_code == 201, placed.content
    order = placed.json()
    assert (order["subtotal"], order["shipping"], order["total"]) == ("649.00", "89.00", "738.00")
    assert order["shipping_method"]["name"] == "Standard + handling of cash ₹40"
    payment = Payment.objects.get()
    assert (payment.amount, payment.surcharge) == (73_800, 4_000)


def test_no_fee_for_who_pays_ahead(guest):
    rule(fee=4_000)
    order = guest.order(payment_method="razorpay").json()
    assert (order["shipping"], order["total"], order["shipping_method"]["name"]) == ("49.00", "698.00", "Standard")


REFUSALS = [
    ({"least": 70_000}, "From ₹700."),
    ({"greatest": 69_000}, "Up to ₹690."),
    ({"served": "11 400"}, f"Not at PIN code {PIN}."),
    ({"refused": "5600"}, f"Not at PIN code {PIN}."),
    ({"served": "56", "refused": PIN}, f"Not at PIN code {PIN}."),
    ({"active": False}, "Cash on delivery is not offered here."),
]


@pytest.mark.parametrize(("facts", "told"), REFUSALS)
def test_what_the_rule_refuses_is_refused_at_both_doors(guest, browser, facts, told):
    rule(fee=4_000, **facts)
    assert flat(guest) | {"cod": False, "cod_refusal": told, "cod_fee": "0.00"} == flat(guest)
    answer = guest.order()
    assert (answer.status_code, answer.json()["errors"]) == (400, {"payment_method": [f"Cash on delivery: {told}"]})
    browser.to_review()
    page = browser.get("/checkout/payment/")
    assert (told in text_of(page)) is ("active" not in facts)  # what is nowhere offered is not shown at all
    assert browser.send("/checkout/payment/", {"payment_method": "cod"}).status_code == 200
    assert not Order.objects.exists()
    assert CartLine.objects.count() == 2


@pytest.mark.parametrize(
    "facts", [{"least": 69_800}, {"greatest": 69_800}, {"served": "11 56"}, {"refused": "561 57"}, {"greatest": None}]
)
def test_the_limits_themselves_are_within(guest, facts):
    rule(fee=4_000, **facts)  # the fee itself is not counted: 698.00 without it
    assert flat(guest)["cod"]
    assert guest.order().status_code == 201


def test_a_category_stands_for_all_below_it(guest, kitchen):
    rule().excluded_categories.add(make_category("Garden"))
    assert flat(guest)["cod"]
    rule().excluded_categories.add(kitchen)
    assert flat(guest)["cod_refusal"] == "Not for something in your cart."
    answer = guest.order()
    assert "payment_method" in answer.json()["errors"]
    assert not Order.objects.exists()


def test_without_a_pin_code_nothing_is_said_about_it(guest):
    rule(served="11")
    assert guest.call("get", "cart/shipping/").json()[0]["cod"]


def test_the_page_shows_the_fee_and_charges_what_it_showed(browser):
    rule(fee=4_000)
    review = browser.to_review()
    assert "Handling of cash ₹40" in text_of(review)
    assert "Order now, pay ₹738 on delivery" in text_of(review)
    assert "+ ₹40" in text_of(browser.get("/checkout/payment/"))
    browser.place(review)
    assert Order.objects.get().total == 73_800


def test_a_fee_that_changed_meanwhile_is_shown_before_it_is_charged(browser):
    rule(fee=4_000)
    review = browser.to_review()
    rule(fee=9_000)
    assert browser.place(review)["Location"] == "/checkout/review/"
    assert not Order.objects.exists()
    assert "Order now, pay ₹788 on delivery" in text_of(browser.get("/checkout/review/"))


# --- the admin -------------------------------------------------------------------------------------------------------

FORM = {
    "currency": "INR", "active": "on", "fee_typed": "40", "least_typed": "200", "greatest_typed": "10,000",
    "served": "56, 11;400", "refused": "560099",
}  # fmt: skip


def url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_shipping_cashrule:{name}", args=args)


def test_a_merchandiser_sets_it(kitchen):
    client, kept = browser_of("merchandiser"), CashRule.objects.get()
    response = client.post(url("edit", kept.pk), FORM | {"excluded_categories": [kitchen.pk]})
    assert response.status_code == 302, response.context["form"].errors
    kept.refresh_from_db()
    assert (kept.fee, kept.least, kept.greatest) == (4_000, 20_000, 10_000_00)
    assert (kept.served, kept.refused) == ("56 11 400", "560099")
    assert list(kept.excluded_categories.all()) == [kitchen]
    page = client.get(url("edit", kept.pk)).content.decode()
    assert 'value="40.00"' in page
    assert "56 11 400" in page
    assert "₹10,000" in client.get(url("list")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fee_typed": "-1"}, "fee_typed"), ({"fee_typed": "x"}, "fee_typed"), ({"least_typed": "1.001"}, "least_typed"),
        ({"greatest_typed": "100"}, "greatest_typed"), ({"served": "Bengaluru"}, "served"), ({"refused": "0560"}, "refused"),
        ({"refused": "5600341"}, "refused"), ({"currency": "XXX"}, "currency"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_changes_nothing(changes, field):
    client, kept = browser_of("merchandiser"), CashRule.objects.values().get()
    response = client.post(url("edit", kept["id"]), FORM | changes)
    assert field in response.context["form"].errors
    assert CashRule.objects.values().get() == kept


def test_a_currency_has_one_rule_and_the_database_says_so():
    for facts in ({"currency": "INR"}, {"currency": "USD", "fee": -1}, {"currency": "USD", "least": 2, "greatest": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CashRule.objects.create(**facts)
