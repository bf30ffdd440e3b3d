"""One journey through the React client in Firefox and in WebKitGTK, where they are installed (Debian: `firefox-esr`;
`webkit2gtk-driver` and `xvfb`)."""

from __future__ import annotations

import pytest

from tests.journeys.doors import ADDRESS
from tests.journeys.other_browsers import driven, installed
from tests.journeys.react import built_client  # noqa: F401

pytestmark = pytest.mark.node  # may be skipped where none of them is installed; what is installed has to pass


@pytest.mark.parametrize("name", installed())
def test_a_guest_buys_by_cash_on_delivery(name, shop, built, tmp_path):
    with driven(name, tmp_path) as browser:
        browser.open(f"{shop.url}/app/search?q=incense")
        browser.click("//ul[@id='cards']//a")
        browser.click("//button[.='Add to cart']")
        browser.click("//*[@role='dialog'][not(@inert)]//a[.='Check out']")
        browser.type("//*[@id='f-email']", f"{name}@example.com")
        for field, value in ADDRESS.items():
            browser.type(f"//*[@id='f-{field}']", value)
        browser.click("//button[.='Go on to delivery']")
        browser.click("//button[.='Go on to payment']")
        browser.click("//input[@value='cod']")
        browser.click("//button[starts-with(., 'Order now')]")
        browser.find("//h1[contains(., 'Thank you')]")
    orders = shop.ask("SELECT payment_method FROM order_order WHERE email = %s", f"{name}@example.com")
    assert orders == [("cod",)]
