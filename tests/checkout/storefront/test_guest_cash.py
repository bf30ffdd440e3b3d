"""A guest buys by cash on delivery, without scripts."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.utils import translation

from catalog.inventory.models import StockItem
from checkout.cart.models import CartLine
from checkout.order.models import Order
from tests.checkout.storefront.conftest import Browser, text_of


def test_from_the_product_to_the_thanks(browser, mug, lamp):
    added = browser.add(mug, 2)
    assert (added.status_code, added["Location"]) == (303, "/cart/")
    browser.add(lamp)

    cart = text_of(browser.get("/cart/"))
    assert "Chai mug" in cart
    assert "₹5,588" in cart
    assert "Delivery is free." in cart

    assert browser.get("/checkout/")["Location"] == "/checkout/address/"
    assert 'autocomplete="postal-code"' in browser.get("/checkout/address/").content.decode()
    review = browser.to_review()
    assert "Order now, pay ₹5,588 on delivery" in text_of(review)

    placed = browser.place(review, note="Ring twice")
    order = Order.objects.get()
    assert (placed.status_code, placed["Location"]) == (303, f"/checkout/done/{order.number}/")
    thanks = text_of(browser.get(placed["Location"]))
    assert "Thank you, Asha." in thanks
    assert order.number in thanks
    assert "You pay ₹5,588 when it comes" in thanks

    assert (order.email, order.total, order.payment_method, order.note) == (
        "guest@example.com", 558800, "cod", "Ring twice",
    )  # fmt: skip
    assert (order.address["phone"], order.address["state"]) == ("+919845012345", "Karnataka")
    assert not CartLine.objects.exists()
    assert sorted(StockItem.objects.values_list("reserved", flat=True)) == [1, 2]


def test_the_guest_sees_and_cancels_the_order_in_the_same_browser(browser, mug):
    browser.add(mug)
    browser.place(browser.to_review())
    order = Order.objects.get()
    page = browser.get(f"/order/{order.number}/")
    assert "Being packed" in text_of(page) or "We pack it" in text_of(page)

    answer = browser.send(f"/order/{order.number}/cancel/")
    assert answer["Location"] == f"/order/{order.number}/"
    assert "Cancelled. Nothing is left to pay." in text_of(browser.get(answer["Location"]))
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert not StockItem.objects.filter(reserved__gt=0).exists()


def test_in_hindi(browser, mug):
    browser.prefix = "/hi"
    assert browser.add(mug)["Location"] == "/hi/cart/"
    assert 'lang="hi"' in browser.get("/cart/").content.decode()
    placed = browser.place(browser.to_review())
    order = Order.objects.get()
    assert placed["Location"] == f"/hi/checkout/done/{order.number}/"
    assert order.locale == "hi"
    thanks = text_of(Browser.get(browser, f"/checkout/done/{order.number}/"))
    assert "धन्यवाद, Asha" in thanks
    assert "तक आपके पास" in thanks
    assert not re.search(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|November", thanks)
    assert 'action="/hi/order/' in Browser.get(browser, f"/checkout/done/{order.number}/").content.decode()


BASE = Path(settings.BASE_DIR) / "checkout"
SAID = re.compile(r"""\b_\(\s*"([^"]+)"\s*\)""")


def test_every_word_of_these_pages_is_there_in_hindi():
    sources = [*(BASE / "storefront").glob("*.py"), BASE / "order" / "texts.py", BASE / "order" / "progress.py"]
    said = {text for path in sources for text in SAID.findall(path.read_text())}
    assert len(said) > 60
    with translation.override("hi"):
        assert sorted(text for text in said if translation.gettext(text) == text) == []
