"""Where the keyboard's focus is in the React client after something has changed: never nowhere, never under a sheet."""

from __future__ import annotations

import pytest

from tests.browser import PHONE
from tests.journeys.react import built_client, page_of_the_client  # noqa: F401

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
