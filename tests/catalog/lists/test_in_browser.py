"""Reviews, hearts and lists in a browser: with script and without, by keyboard; axe finds nothing."""

from __future__ import annotations

import pytest

from catalog.reviews.models import Review
from catalog.wishlist.models import WishlistItem
from checkout.cart.models import SavedLine
from tests.checkout.payment.test_in_browser import shop  # noqa: F401
from tests.checkout.storefront.test_around_in_browser import look, signed_in
from tests.factories.catalog import make_category, make_product
from tests.factories.reviews import make_buyer, make_review, settle
from tests.factories.shop import make_shipping

pytestmark = [pytest.mark.browser, pytest.mark.postgres_race]


def pressed(tab, heart: str) -> str | None:
    tab.wait_for_selector(f"{heart}[aria-pressed]")
    return tab.get_attribute(heart, "aria-pressed")


def write_a_review(tab, shop: str) -> None:  # noqa: F811
    """With an empty form first; then four stars by the keyboard."""
    tab.goto(f"{shop}/account/reviews/")
    look(tab, "waiting")
    tab.get_by_role("link", name="Write a review Chai mug").click()
    look(tab, "form")
    tab.get_by_role("button", name="Send the review").click()
    look(tab, "form with errors")
    tab.focus("#id_rating_0")
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    tab.fill("#id_body", "It keeps chai hot.")
    tab.get_by_role("button", name="Send the review").click()
    tab.wait_for_url(f"{shop}/account/reviews/")


def test_hearts_words_and_what_was_seen(chromium, own_database, shop):  # noqa: F811
    make_shipping()
    shelf = make_category("Mugs", slug="mugs")
    mug = make_product("Chai mug", slug="chai-mug", categories=[shelf], stock=9)
    lamp = make_product("Lamp", slug="lamp", categories=[shelf], stock=9)
    asha = make_buyer(mug, "asha", name="Asha Menon")
    make_review(mug, rating=4)
    settle()
    tab = signed_in(chromium, shop, asha)

    tab.goto(f"{shop}/mugs/")
    heart = f'[data-wish="{lamp.pk}"]'
    assert pressed(tab, heart) == "false"
    for state in ("true", "false", "true"):
        tab.click(heart)
        tab.wait_for_selector(f'{heart}[aria-pressed="{state}"]')
    assert WishlistItem.objects.get().core == lamp and tab.url == f"{shop}/mugs/"
    tab.select_option("#ordering", "name")  # the list's own form is whole
    tab.wait_for_url("**/mugs/?ordering=name")
    assert pressed(tab, heart) == "true"

    tab.goto(f"{shop}/product/chai-mug/")
    tab.get_by_role("button", name="This helped me").click()
    tab.get_by_text("Helped 1 person.").wait_for()
    tab.get_by_role("button", name="Take it back").wait_for()
    look(tab, "product")
    tab.goto(f"{shop}/product/lamp/")
    tab.get_by_role("heading", name="Seen lately").wait_for()
    look(tab, "product with a strip")

    write_a_review(tab, shop)
    assert Review.objects.get(user=asha).rating == 4
    look(tab, "written")

    tab.goto(f"{shop}/account/wishlist/")
    look(tab, "wishlist")
    tab.get_by_role("button", name="Add to cart Lamp").click()
    tab.wait_for_url(f"{shop}/cart/")
    tab.get_by_role("button", name="For later Lamp").click()
    assert SavedLine.objects.get().variant.core == lamp
    look(tab, "saved for later")
    tab.context.close()


def test_without_script(chromium, own_database, shop):  # noqa: F811
    shelf = make_category("Mugs", slug="mugs")
    mug = make_product("Chai mug", slug="chai-mug", categories=[shelf])
    tab = chromium.new_context(java_script_enabled=False).new_page()
    tab.goto(f"{shop}/mugs/")
    tab.get_by_role("button", name="Keep Chai mug on your list").click()
    assert "/account/login/?next=%2Fproduct%2Fchai-mug%2F" in tab.url
    asha = make_buyer(mug, "asha")
    from tests.factories.people import PASSWORD

    tab.fill("[name=username]", asha.email)
    tab.fill("[name=password]", PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    assert tab.url == f"{shop}/product/chai-mug/"
    tab.get_by_role("button", name="Keep Chai mug on your list").click()
    assert tab.url == f"{shop}/account/wishlist/" and WishlistItem.objects.get().core == mug
    tab.context.close()
