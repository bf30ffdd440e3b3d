"""A note for whoever gets the parcel: at both doors."""

from __future__ import annotations

from checkout.order.models import Order
from tests.checkout.api.conftest import Guest
from tests.checkout.storefront.conftest import text_of
from tests.factories.variants import make_variant


def test_on_the_page(browser, mug):
    browser.add(mug)
    review = browser.to_review()
    assert "A note to go with a gift" in text_of(review)
    browser.place(review, gift_note="Happy Diwali, Ravi!")
    assert Order.objects.get().gift_note == "Happy Diwali, Ravi!"


def test_too_long_a_note_orders_nothing(browser, mug):
    browser.add(mug)
    assert browser.place(browser.to_review(), gift_note="x" * 301).status_code == 200
    assert not Order.objects.exists()


def test_over_http(shipping):
    guest = Guest()
    guest.put_in_cart(make_variant(sku="CUP"))
    assert guest.order(gift_note="x" * 301).json()["errors"]["gift_note"]
    assert not Order.objects.exists()
    assert guest.order(gift_note="For Ravi").json()["gift_note"] == "For Ravi"
