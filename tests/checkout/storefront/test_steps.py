from __future__ import annotations

import pytest
from django.utils import timezone

from catalog.inventory.models import Reservation
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import ProductCore, Variant
from checkout.cart.models import CartLine
from checkout.order.models import Order
from checkout.payment.models import Payment
from checkout.shipping.models import ShippingMethod
from shop.accounts.models import Address
from tests.checkout.storefront.conftest import TYPED, Browser, fields_of, text_of
from tests.factories.people import make_address, make_user


@pytest.fixture
def filled(browser, mug) -> Browser:
    browser.add(mug, 2)
    return browser


def _nothing_ordered(pieces: int = 2) -> None:
    assert not Order.objects.exists()
    assert not Reservation.objects.exists()
    assert not Payment.objects.exists()
    assert sum(CartLine.objects.values_list("quantity", flat=True)) == pieces


# --- in order --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["", "address/", "delivery/", "payment/", "review/"])
def test_an_empty_cart_leads_back(browser, step):
    answer = browser.get(f"/checkout/{step}")
    assert answer["Location"] == "/cart/"
    assert "Your cart is empty" in text_of(browser.get("/cart/"))


def test_steps_out_of_order_lead_to_the_first_that_is_missing(filled):
    for step in ("delivery", "payment", "review"):
        assert filled.get(f"/checkout/{step}/")["Location"] == "/checkout/address/"
    assert "First say where it should go." in text_of(filled.get("/checkout/address/"))
    assert filled.send("/checkout/review/", {"idempotency_key": "k", "shown_total": "1298.00"})["Location"].endswith(
        "/address/"
    )
    filled.send("/checkout/address/", TYPED)
    for step in ("payment", "review"):
        assert filled.get(f"/checkout/{step}/")["Location"] == "/checkout/delivery/"
    filled.send("/checkout/delivery/", {"shipping_method": "flat"})
    assert filled.get("/checkout/review/")["Location"] == "/checkout/payment/"
    assert filled.get("/checkout/")["Location"] == "/checkout/payment/"
    _nothing_ordered()


def test_what_was_said_is_there_when_coming_back(filled):
    filled.to_review()
    page = filled.get("/checkout/address/").content.decode()
    for said in ("guest@example.com", "Asha Menon", "560034", "12, 3rd Cross, Koramangala"):
        assert said in page
    assert "Asha Menon, 12, 3rd Cross, Koramangala, Bengaluru, 560034" in text_of(filled.get("/checkout/delivery/"))


# --- each refusal ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"email": ""}, "Write your e-mail address"),
        ({"email": "nobody"}, "E-mail address:"),
        ({"name": ""}, "Write who it is for."),
        ({"phone": ""}, "Write a mobile number"),
        ({"phone": "12"}, "Not a phone number"),
        ({"pincode": "012345"}, "A PIN code has six digits"),
        ({"pincode": "110001"}, "is not a postal code of Karnataka"),
        ({"pincode": ""}, "Write the PIN code"),
        ({"street": "   "}, "Write house and street."),
        ({"state": "Atlantis"}, "State:"),
        ({"city": ""}, "Write the town."),
        ({"name": "x" * 151}, "Full name:"),
        ({"name": "a\x00b"}, "Full name:"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_at_the_field_and_above(filled, changes, told):
    answer = filled.send("/checkout/address/", TYPED | changes)
    field = next(iter(changes))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "One thing to put right" in page
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}_error"' in page
    assert told in text_of(answer)
    assert filled.get("/checkout/delivery/")["Location"] == "/checkout/address/"


@pytest.mark.parametrize("body", [{}, {"shipping_method": "rocket"}, {"shipping_method": ""}])
def test_a_way_to_send_has_to_be_chosen(filled, body):
    filled.send("/checkout/address/", TYPED)
    answer = filled.send("/checkout/delivery/", body)
    assert "Choose one of the ways below." in text_of(answer)
    assert 'href="#id_shipping_method"' in answer.content.decode()
    assert 'id="id_shipping_method"' in answer.content.decode()
    assert filled.get("/checkout/payment/")["Location"] == "/checkout/delivery/"


@pytest.mark.parametrize("body", [{}, {"payment_method": "gold"}, {"payment_method": "stripe"}])
def test_a_way_to_pay_has_to_be_chosen(filled, body):
    filled.send("/checkout/address/", TYPED)
    filled.send("/checkout/delivery/", {"shipping_method": "flat"})
    assert "Choose one of the ways below." in text_of(filled.send("/checkout/payment/", body))
    assert filled.get("/checkout/review/")["Location"] == "/checkout/payment/"


def test_no_cash_with_express(filled):
    filled.to_review(shipping="express", payment="cod")
    page = filled.get("/checkout/payment/")
    assert "Not with this delivery." in text_of(page)
    assert filled.get("/checkout/review/")["Location"] == "/checkout/payment/"


def test_changing_the_delivery_afterwards_asks_for_the_payment_again(filled):
    filled.to_review()
    filled.send("/checkout/delivery/", {"shipping_method": "express"})
    assert filled.get("/checkout/review/")["Location"] == "/checkout/payment/"


def test_cash_has_a_limit(browser, lamp):
    set_base_prices(prices={Variant.objects.get(core=lamp).pk: BasePrice(2_500_001)}, currency="INR", at=timezone.now())
    browser.add(lamp)
    browser.to_review()
    assert "Up to ₹25,000." in text_of(browser.get("/checkout/payment/"))
    _nothing_ordered(1)


def test_a_review_without_its_hidden_fields_orders_nothing(filled):
    filled.to_review()
    assert filled.send("/checkout/review/", {"note": ""}).status_code == 200
    assert filled.send("/checkout/review/", {"idempotency_key": "x" * 201, "shown_total": "1"}).status_code == 200
    _nothing_ordered()


# --- what changes while one decides ----------------------------------------------------------------------------------


def test_a_price_that_rose_meanwhile_is_shown_before_it_is_charged(filled, mug):
    review = filled.to_review()
    set_base_prices(prices={Variant.objects.get(core=mug).pk: BasePrice(69900)}, currency="INR", at=timezone.now())
    answer = filled.place(review, note="Ring twice")
    assert answer["Location"] == "/checkout/review/"
    _nothing_ordered()
    again = filled.get("/checkout/review/")
    assert "Nothing was ordered, nothing was charged." in text_of(again)
    assert "Chai mug now costs ₹699." in text_of(again)
    assert "Ring twice" in again.content.decode()
    filled.place(again)
    assert Order.objects.get().subtotal == 139800


def test_a_piece_added_in_another_tab_is_not_bought_unseen(filled, lamp):
    review = filled.to_review()
    filled.add(lamp)
    assert filled.place(review)["Location"] == "/checkout/review/"
    _nothing_ordered(3)
    filled.place(filled.get("/checkout/review/"))
    assert Order.objects.get().total == 558800


def test_a_delivery_that_became_dearer_is_shown_first(browser, mug):
    browser.add(mug)
    review = browser.to_review()
    ShippingMethod.objects.filter(code="flat").update(price=9900)
    assert browser.place(review)["Location"] == "/checkout/review/"
    _nothing_ordered(1)


def test_a_delivery_that_is_gone_is_chosen_again(filled):
    review = filled.to_review()
    ShippingMethod.objects.filter(code="flat").update(active=False)
    assert filled.place(review)["Location"] == "/checkout/delivery/"
    _nothing_ordered()


def test_pieces_that_somebody_else_took(filled, mug):
    review = filled.to_review()
    other = Browser()
    other.add(mug, 9)
    other.place(other.to_review())
    assert Order.objects.count() == 1
    answer = filled.place(review)
    assert answer["Location"] == "/cart/"
    page = text_of(filled.get("/cart/"))
    assert "Only 1 left: Chai mug. You asked for 2." in page
    assert Order.objects.count() == 1
    assert sum(CartLine.objects.values_list("quantity", flat=True)) == 2


def test_a_product_taken_off_sale(filled, mug):
    review = filled.to_review()
    ProductCore.objects.filter(pk=mug.pk).update(is_live=False)
    assert filled.place(review)["Location"] == "/cart/"
    _nothing_ordered()


# --- once ------------------------------------------------------------------------------------------------------------


def test_a_second_click_and_the_back_button_lead_to_the_same_order(filled, mug):
    review = filled.to_review()
    first, second = filled.place(review), filled.place(review)
    assert first["Location"] == second["Location"]
    filled.add(mug)
    assert filled.place(review)["Location"] == first["Location"]
    assert Order.objects.count() == 1
    assert CartLine.objects.get().quantity == 1


def test_two_tabs_are_one_order(filled):
    review = filled.to_review()
    other_tab = filled.get("/checkout/review/")
    assert fields_of(review) == fields_of(other_tab)
    assert filled.place(review)["Location"] == filled.place(other_tab)["Location"]
    assert Order.objects.count() == 1


def test_the_next_checkout_is_another_order(filled, mug):
    filled.place(filled.to_review())
    filled.add(mug)
    filled.place(filled.to_review())
    assert Order.objects.count() == 2


def test_a_strangers_key_finds_nothing(filled, mug):
    review = filled.to_review()
    filled.place(review)
    stranger = Browser()
    stranger.add(mug)
    answer = stranger.send("/checkout/review/", fields_of(review))
    assert answer["Location"] == "/checkout/address/"


# --- signed in -------------------------------------------------------------------------------------------------------


@pytest.fixture
def asha(browser, mug):
    user = make_user("asha", email="asha@example.com")
    browser.force_login(user)
    browser.add(mug)
    return user


def test_a_buyer_chooses_a_kept_address(browser, asha):
    make_address(asha)
    office = make_address(asha, street="Office Road 1", is_default=False)
    page = browser.get("/checkout/address/").content.decode()
    assert page.count('name="address_id"') == 2
    assert 'name="email"' not in page
    assert browser.send("/checkout/address/", {"address_id": office.pk})["Location"] == "/checkout/delivery/"
    browser.send("/checkout/delivery/", {"shipping_method": "flat"})
    browser.send("/checkout/payment/", {"payment_method": "cod"})
    answer = browser.place(browser.get("/checkout/review/"))
    order = Order.objects.get()
    assert answer["Location"] == f"/checkout/done/{order.number}/"
    assert (order.user, order.email, order.address["street"]) == (asha, "asha@example.com", "Office Road 1")


def test_foreign_and_absurd_addresses_are_not_taken(browser, asha):
    foreign = make_address(make_user())
    for wanted in (foreign.pk, "x", "-1", "", 10**12):
        assert browser.send("/checkout/address/", {"address_id": wanted}).status_code == 200
        assert browser.get("/checkout/delivery/")["Location"] == "/checkout/address/"


def test_keeping_the_address_is_a_choice(browser, asha):
    browser.to_review()
    assert not Address.objects.exists()
    browser.to_review(save_address="on")
    kept = Address.objects.get()
    assert (kept.user, kept.street, kept.is_default) == (asha, TYPED["street"], True)


def test_same_as_last_time(browser, asha, mug):
    browser.place(browser.to_review())
    browser.add(mug)
    assert "Same as last time?" in text_of(browser.get("/checkout/address/"))
    assert browser.send("/checkout/again/", {"again": "1"})["Location"] == "/checkout/review/"
    browser.place(browser.get("/checkout/review/"))
    first, second = Order.objects.order_by("pk")
    assert first.address == second.address


def test_guests_have_no_last_time(filled):
    assert filled.send("/checkout/again/")["Location"] == "/checkout/address/"


# --- speed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["address", "delivery", "payment", "review"])
def test_eleven_queries_show_a_step(browser, asha, lamp, step, django_assert_max_num_queries):
    make_address(asha)
    browser.place(browser.to_review())
    browser.add(lamp)
    browser.get("/cart/")
    if step != "address":
        browser.to_review()
    with django_assert_max_num_queries(11):
        assert browser.get(f"/checkout/{step}/").status_code == 200
