from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import AttributeValue, ProductCore, Variant
from checkout.cart.models import Cart, CartLine
from checkout.order.models import OrderLine
from shop.core.api.caller import hash_token
from tests.checkout.storefront.conftest import Browser, text_of
from tests.factories.catalog import make_attribute, make_product, translate
from tests.factories.people import PASSWORD, make_user

HTMX = {"HX-Request": "true"}


def test_the_cart_of_a_guest_hangs_on_a_cookie_that_no_script_reads(browser, mug):
    answer = browser.add(mug)
    cookie = answer.cookies["cart_token"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert Cart.objects.get().token_hash == hash_token(cookie.value)
    assert "cart_token" not in browser.add(mug).cookies
    assert (Cart.objects.count(), CartLine.objects.get().quantity) == (1, 2)
    assert Browser().get("/cart/summary/").json() == {"count": 0}


def test_over_https_the_cookie_stays_there(db, mug):
    answer = Browser().post("/cart/add/", {"product": mug.pk}, secure=True)
    assert answer.cookies["cart_token"]["secure"]


def test_a_form_that_is_too_large_is_told_so_on_a_page_of_the_shop(db, mug, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = Browser().post("/cart/add/", {"product": mug.pk, "note": "x" * 2_000})
    assert answer.status_code == 400 and "Nothing has been charged" in answer.content.decode()
    assert not Cart.objects.exists()


def test_the_count_is_never_kept(browser, mug):
    browser.add(mug, 3)
    answer = browser.get("/cart/summary/")
    assert answer.json() == {"count": 3}
    assert "no-store" in answer["Cache-Control"]


def test_adding_with_htmx_answers_with_the_drawer(browser, mug):
    answer = browser.send("/cart/add/", {"product": mug.pk, "quantity": 2}, **HTMX)
    assert answer.status_code == 200
    assert "Chai mug added." in text_of(answer)
    assert 'data-cart-total="2"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "cart_token" in answer.cookies


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "1000000000", "many", "11"])
def test_quantities_that_cannot_be_had(browser, mug, quantity):
    answer = browser.send("/cart/add/", {"product": mug.pk, "quantity": quantity}, **HTMX)
    assert answer.status_code in (400, 409)
    assert "Not added" in text_of(answer)
    plain = browser.add(mug, quantity)
    assert (plain.status_code, plain["Location"]) == (303, "/cart/")
    assert 'role="alert"' in browser.get("/cart/").content.decode()
    assert not Cart.objects.exists()


@pytest.mark.parametrize("product", ["", "0", "-3", "x", "999999", str(10**30)])
def test_products_that_are_none(browser, mug, product):
    answer = browser.send("/cart/add/", {"product": product}, **HTMX)
    assert answer.status_code == 400
    assert not Cart.objects.exists()


def test_a_variant_has_to_be_chosen_and_to_belong_to_the_product(browser, mug, shipping):
    shirt = make_product("Shirt", options=[{"size": "S"}, {"size": "L"}])
    other = Variant.objects.get(core=mug)
    for body in ({"product": shirt.pk}, {"product": shirt.pk, "variant": other.pk}):
        assert browser.send("/cart/add/", body, **HTMX).status_code == 400
    large = Variant.objects.get(core=shirt, options={"size": "L"})
    browser.add(shirt, variant=large.pk)
    assert "Shirt L" in text_of(browser.get("/cart/"))


def test_options_are_named_in_the_language_of_the_page(browser, shipping):
    make_attribute("size", {"l": "Large"}, position=1)
    make_attribute("color", {"red": "Geru red #a83217"}, position=2)
    AttributeValue.objects.filter(value="l").update(labels={"hi": "बड़ा"})
    shirt = make_product("Shirt", options=[{"size": "l", "color": "red", "cut": "long"}])
    browser.add(shirt)
    assert "Large, Geru red, long" in text_of(browser.get("/cart/"))
    assert "बड़ा, Geru red, long" in text_of(browser.get("/hi/cart/"))
    browser.place(browser.to_review())
    AttributeValue.objects.filter(value="l").update(label="Huge")
    assert OrderLine.objects.get().options_text == "Large, Geru red, long"


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://other.testserver"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "https://evil.example/page"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/cart/add/", "/preferences/"])
def test_another_site_changes_nothing(browser, mug, path, headers):
    answer = browser.send(path, {"product": mug.pk, "currency": "USD"}, **headers)
    assert answer.status_code == 403
    assert not answer.cookies
    assert not Cart.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {"Referer": "http://testserver/product/x/"}],
)
def test_our_own_pages_may_add(browser, mug, headers):
    strict = Browser(enforce_csrf_checks=True)
    assert strict.send("/cart/add/", {"product": mug.pk}, **headers).status_code == 303
    assert CartLine.objects.get().quantity == 1


def test_lines_of_the_cart_want_a_token(mug):
    strict = Browser(enforce_csrf_checks=True)
    strict.send("/cart/add/", {"product": mug.pk})
    assert strict.send(f"/cart/items/{CartLine.objects.get().pk}/", {"remove": "1"}).status_code == 403
    assert CartLine.objects.exists()


@pytest.mark.parametrize(
    ("body", "then"),
    [
        ({"quantity": "5"}, 5),
        ({"quantity": "2", "step": "1"}, 3),
        ({"quantity": "2", "step": "-1"}, 1),
        ({"quantity": "1", "step": "-1"}, None),
        ({"quantity": "0"}, None),
        ({"quantity": "2", "remove": "1"}, None),
        ({"quantity": ""}, 2),
        ({"quantity": "x"}, 2),
        ({"quantity": "-4"}, 2),
        ({"quantity": "11"}, 2),
        ({"quantity": "1000"}, 2),
        ({"quantity": "2", "step": "7"}, 2),
    ],
)
def test_changing_a_line(browser, mug, body, then):
    browser.add(mug, 2)
    answer = browser.send(f"/cart/items/{CartLine.objects.get().pk}/", body)
    assert (answer.status_code, answer["Location"]) == (303, "/cart/")
    assert CartLine.objects.values_list("quantity", flat=True).first() == then


def test_a_foreign_line_is_not_there(browser, mug):
    browser.add(mug)
    line = CartLine.objects.get()
    stranger = Browser()
    stranger.add(mug)
    assert stranger.send(f"/cart/items/{line.pk}/", {"remove": "1"}).status_code == 404
    assert Browser().send(f"/cart/items/{line.pk}/", {"remove": "1"}).status_code == 404
    assert CartLine.objects.filter(pk=line.pk).exists()


def test_a_changed_price_is_told_once_and_never_silently(browser, mug):
    browser.add(mug)
    set_base_prices(prices={Variant.objects.get(core=mug).pk: BasePrice(69900)}, currency="INR", at=timezone.now())
    told = text_of(browser.get("/cart/"))
    assert "Chai mug now costs ₹699. It was ₹649 when you last looked." in told
    assert "now costs" not in text_of(browser.get("/cart/"))


def test_what_cannot_be_bought_is_told_and_stops_the_checkout(browser, mug, lamp):
    browser.add(mug)
    browser.add(lamp)
    ProductCore.objects.filter(pk=lamp.pk).update(is_live=False)
    assert "Pendant lamp is not for sale at the moment. Take it out to go on." in text_of(browser.get("/cart/"))
    for step in ("", "address/", "delivery/", "payment/", "review/"):
        assert browser.get(f"/checkout/{step}")["Location"] == "/cart/"


def test_the_page_in_numbers(browser, mug):
    browser.add(mug, 1)
    page = text_of(browser.get("/cart/"))
    for said in ("₹649", "₹799", "19% off", "₹49", "₹698", "Includes ₹99.00 GST.", "₹350 more and delivery is free."):
        assert said in page, page


def test_in_hindi_names_and_links_are_hindi(browser, mug):
    translate(mug, "चाय का कप", slug="chai-cup")
    browser.prefix = "/hi"
    browser.add(mug)
    page = browser.get("/cart/").content.decode()
    assert "चाय का कप" in page
    assert "/hi/product/chai-cup/" in page
    assert 'href="/hi/checkout/"' in page


def test_another_currency(browser, shipping):
    mug = make_product("Mug", price=64900, prices={"USD": 900})
    browser.add(mug)
    answer = browser.send("/preferences/", {"currency": "USD", "next": "/cart/"})
    assert (answer.status_code, answer["Location"]) == (303, "/cart/")
    assert "$9" in text_of(browser.get("/cart/"))
    for body in ({"currency": "XXX"}, {"next": "//evil.example/"}, {"next": "https://evil.example/"}):
        answer = browser.send("/preferences/", body)
        assert (answer["Location"], "currency" in answer.cookies) == ("/", False)
    assert browser.get("/checkout/")["Location"] == "/cart/"  # nothing can be sent for dollars here


def test_signing_in_takes_the_cart_along(browser, mug):
    browser.add(mug, 2)
    user = make_user()
    Browser.post(browser, "/account/login/", {"username": user.username, "password": PASSWORD})
    assert browser.get("/cart/summary/").json() == {"count": 2, "notices": 0, "wished": []}
    assert Cart.objects.get().user == user
    browser.post("/account/logout/")
    assert browser.get("/cart/summary/").json() == {"count": 0}
    assert browser.add(mug)["Location"] == "/cart/"
    assert browser.get("/cart/summary/").json() == {"count": 1}


def test_an_empty_cart_says_so(browser):
    assert "Nothing here yet" in text_of(browser.get("/cart/"))
    assert not browser.cookies.get("sessionid")


def test_ten_queries_show_the_cart(browser, mug, lamp, django_assert_max_num_queries):
    browser.force_login(make_user())
    browser.add(mug)
    browser.add(lamp)
    set_base_prices(prices={Variant.objects.get(core=mug).pk: BasePrice(69900)}, currency="INR", at=timezone.now())
    browser.get("/search/")  # the first visit of a fresh shop writes its settings
    cache.clear()
    with django_assert_max_num_queries(10):  # two of them for the page's frame, read anew
        assert browser.get("/cart/").status_code == 200
