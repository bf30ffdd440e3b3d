"""Where the keyboard's focus is in the React client after something has changed: never nowhere, never under a sheet."""

from __future__ import annotations

import re

import pytest

from tests.browser import PHONE
from tests.journeys.react import (  # noqa: F401
    a_newcomer,
    built_client,
    enter,
    fill_address,
    go,
    open_product,
    page_of_the_client,
    to_checkout,
)

pytestmark = [pytest.mark.browser, pytest.mark.node]
on_a_phone = pytest.mark.parametrize("page", [(PHONE, "light")], ids=["phone"], indirect=True)
FOCUSED = "document.activeElement"


def test_the_first_filter_leaves_the_focus_where_it_is(page, shop):
    page.goto(f"{shop.url}/app/table/")
    page.locator("#cards a").first.wait_for()
    sheet = page.locator(".filters .sheet")
    is_sheet = page.get_by_role("button", name="Filter", exact=True).is_visible()
    if is_sheet:
        page.get_by_role("button", name="Filter", exact=True).press("Enter")
    box = sheet.get_by_role("checkbox").first
    box.press("Space")
    page.locator(".chip.on").first.wait_for(state="attached")
    assert page.evaluate(f"{FOCUSED}.type") == "checkbox"
    if is_sheet:
        _no_way_under(page)
        page.keyboard.press("Escape")
        assert page.evaluate(f"{FOCUSED}.classList.contains('open-filters')")


def _no_way_under(page) -> None:
    """Tab goes round within the sheet (and the browser's own bar, which counts as the body)."""
    for _press in range(45):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUSED} === document.body || {FOCUSED}.closest('.sheet') !== null")


@on_a_phone
def test_what_is_taken_out_hands_the_focus_on(page, shop, newcomer):
    enter(page, shop, newcomer)
    for words in ("incense", "lota"):
        open_product(page, shop, words)
        page.get_by_role("button", name="Keep it on your list").click()
        page.get_by_role("button", name="On your list").wait_for()
        page.get_by_role("button", name="Add to cart").click()
        page.get_by_role("dialog", name="In your cart").get_by_text("added.").wait_for()
    for path in ("/cart", "/account/wishlist"):
        go(page, path)
        rows = page.locator("main li:has(button)").filter(has=page.get_by_role("button", name=re.compile("^Remove")))
        rows.nth(1).wait_for()
        rows.first.get_by_role("button", name=re.compile("^Remove")).press("Enter")
        page.locator("main li:focus").wait_for()
        page.get_by_role("button", name=re.compile("^Remove")).press("Enter")
        page.locator("main h1:focus").wait_for()


@on_a_phone
def test_each_step_of_the_checkout_is_read_out(page, shop):
    to_checkout(page, shop, "incense")
    fill_address(page)
    for button, title in (("Go on to delivery", "How fast?"), ("Go on to payment", "How would you like to pay?")):
        page.get_by_role("button", name=button).press("Enter")
        page.locator("h2:focus", has_text=title).wait_for()


def test_another_language_leaves_the_focus_where_it_was_chosen(page, shop):
    """Also where the view moves to its address in that language, and in the menu, which stays open."""
    page.goto(f"{shop.url}/app/table/")
    page.locator("#cards a").first.wait_for()
    page.get_by_role("contentinfo").get_by_role("button", name="हिन्दी").press("Enter")
    page.wait_for_url("**/app/hi/mez/")
    page.locator("main h1", has_text="मेज़").wait_for()
    page.locator("#cards a[href*='/hi/']").first.wait_for()
    page.locator("footer button:focus", has_text="हिन्दी").wait_for()
    page.get_by_role("status").get_by_text("दुकान अब हिन्दी में है।").wait_for(state="attached")
    menu = page.get_by_role("button", name="मेन्यू", exact=True)
    if menu.is_visible():
        menu.press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="English").press("Enter")
        page.wait_for_url("**/app/table/")
        page.locator("main h1", has_text="Table").wait_for()
        page.locator("[role=dialog][aria-label=Menu] button:focus", has_text="English").wait_for()
