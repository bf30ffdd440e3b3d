"""One day at the shop: Maya brings in a catalogue, corrects a price and schedules another, Asha buys on her phone, Sam
looks the orders up, Maya ships them. In a browser, as each of them would do it."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from PIL import Image
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.core.test_tasks import wait_for
from tests.journeys.doors import Browser, Placed
from tests.journeys.shop import BACKGROUND_SECONDS, PASSWORD, RunningShop

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 900}
# The shape in which Spree writes its samples: a row for the product, one per variant, one per further currency.
CATALOGUE = """\
slug,sku,name,price,compare_at_price,currency,status,description,category1,option1_name,option1_value,image1_src,inventory_count
tawa-press,TAWA-PRESS,Tawa press,0,0,USD,active,"Cast iron, for an even roti.",Kitchen -> Presses,,,https://pictures.example/tawa-press.webp,
tawa-press,TAWA-PRESS-IRON,,20.00,0,USD,,,,Finish,Iron,https://pictures.example/tawa-press-iron.webp,12
tawa-press,TAWA-PRESS-IRON,,18.50,0,EUR,,,,,,,
tawa-press,TAWA-PRESS-BRASS,,30.00,0,USD,,,,Finish,Brass,https://pictures.example/tawa-press-brass.webp,7
"""
PRODUCTS, ORDERS, STOCK = (
    f"/admin/snippets/{name}/" for name in ("product/product", "order/order", "inventory/stockitem")
)


def test_from_a_file_to_a_parcel(shop, chromium, tmp_path):
    _import_catalogue(shop, tmp_path)
    maya = _at_the_desk(shop, chromium, "maya")
    _correct_the_price(maya, shop)
    due = _schedule_another(maya, shop)
    asha = _on_the_phone(shop, chromium, "asha")
    by_cash, online = _buy_twice(asha, shop)
    _see_it_go_live(asha, shop, due)
    _find_in_the_list(_at_the_desk(shop, chromium, "sam"), shop, by_cash, online)
    for order in (by_cash, online):
        _ship(maya, shop, order)
        assert asha.status_of(order) == "shipped"
    _read_the_stock(maya, shop)


def _import_catalogue(shop: RunningShop, folder: Path) -> None:
    (folder / "catalogue.csv").write_text(CATALOGUE)
    for name, colour in (("press", "#555"), ("press-iron", "#333"), ("press-brass", "#b8860b")):
        Image.new("RGB", (320, 320), colour).save(folder / f"tawa-{name}.webp")
    told = shop.manage("import_catalog", folder / "catalogue.csv", "--images", folder, "--convert", "USD:INR=84.50")
    assert "1 products were made" in told and "3 pictures stored; 0 refusals" in told
    again = shop.manage("import_catalog", folder / "catalogue.csv", "--images", folder, "--convert", "USD:INR=84.50")
    assert "0 products were made, 0 changed, 1 are as they were" in again


def _at_the_desk(shop: RunningShop, chromium, name: str):
    page = _context(chromium, DESK).new_page()
    page.goto(f"{shop.url}/account/login/?next=/admin/")
    _sign_in(page, name)
    page.wait_for_url("**/admin/")
    return page


def _on_the_phone(shop: RunningShop, chromium, name: str) -> Browser:
    door = Browser(shop.url, _context(chromium, PHONE).new_page(), scripted=True)
    door.sign_in(name, PASSWORD)
    return door


@pytest.fixture(autouse=True)
def _close(chromium):
    before = set(chromium.contexts)
    yield
    for context in set(chromium.contexts) - before:
        context.close()


def _context(chromium, size):
    context = chromium.new_context(viewport=size, locale="en-IN", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    return context


def _sign_in(page, name: str) -> None:
    page.locator("input[name=login], input[name=username]").first.fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()


def _correct_the_price(page, shop: RunningShop) -> None:
    """1,690.00 is what the file's 20 dollars make; a draft and its preview change nothing in the shop."""
    _open_editor(page, shop)
    price = page.locator("input[name=variant_specs-0-price]")
    assert price.input_value() == "1690.00"
    price.fill("1599")
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    assert _live_price(shop) == "1690.00"
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("iframe[title=Preview]").last.locator("[data-price-line] b")
    expect(shown).to_have_text("₹1,599")
    page.get_by_role("button", name="Toggle preview").click()
    _publish(page)
    assert _live_price(shop) == "1599.00"


def _open_editor(page, shop: RunningShop) -> None:
    page.goto(f"{shop.url}{PRODUCTS}?q=TAWA-PRESS-IRON")
    page.get_by_role("link", name="Tawa press", exact=True).click()
    page.wait_for_url("**/edit/**")
    page.get_by_role("tab", name="Variants and prices").click()


def _publish(page) -> None:
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def _live_price(shop: RunningShop) -> str:
    """What any shopper is told now."""
    [product] = requests.get(f"{shop.url}/api/product/?q=tawa press", timeout=10).json()["results"]
    return product["price"]


def _schedule_another(page, shop: RunningShop) -> int:
    """Returns the scheduled revision's id."""
    _open_editor(page, shop)
    page.locator("input[name=variant_specs-0-price]").fill("1499")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("input[name=go_live_at]").fill("2035-11-08 20:00")
    with page.expect_navigation():
        page.get_by_role("button", name="Save schedule").press("Enter")  # the calendar lies above it
    _publish(page)
    [(due,)] = shop.ask("SELECT id FROM wagtailcore_revision WHERE approved_go_live_at IS NOT NULL"
                        " AND content->>'title' = 'Tawa press'")  # fmt: skip
    assert _live_price(shop) == "1599.00"
    return due


def _buy_twice(asha: Browser, shop: RunningShop) -> tuple[Placed, Placed]:
    assert asha.find("tawa") == ["Tawa press"]
    asha.put_in_cart("tawa-press")
    by_cash = asha.order_by_cash()
    asha.put_in_cart("tawa-press", 2)
    online = asha.order_by_razorpay()
    assert asha.status_of(by_cash) == "pending" and asha.status_of(online) == "paid"
    assert online.total == "3198.00"
    assert shop.stock("TAWA-PRESS-IRON") == (12, 3)
    return by_cash, online


def _see_it_go_live(asha: Browser, shop: RunningShop, due: int) -> None:
    shop.change("UPDATE wagtailcore_revision SET approved_go_live_at = now(),"
                " content = jsonb_set(content, '{go_live_at}', to_jsonb(now())) WHERE id = %s", due)  # fmt: skip
    assert shop.wait_for("SELECT 1 FROM wagtailcore_revision WHERE id = %s AND approved_go_live_at IS NULL", due)
    wait_for(lambda: _live_price(shop) == "1499.00", BACKGROUND_SECONDS)  # lists hear of it after the commit
    asha.go("/product/tawa-press/")
    expect(asha.page.locator("[data-price-line] b")).to_have_text("₹1,499")


def _find_in_the_list(page, shop: RunningShop, *orders: Placed) -> None:
    for order in orders:
        page.goto(f"{shop.url}{ORDERS}?q={order.number}")
        expect(page.locator("#listing-results tbody tr")).to_have_count(1)
        expect(page.locator("#listing-results tbody tr")).to_contain_text("Asha Menon")


def _ship(page, shop: RunningShop, order: Placed) -> None:
    page.goto(f"{shop.url}{ORDERS}?q={order.number}")
    page.get_by_role("link", name=order.number).click()
    page.get_by_role("link", name="Mark as shipped").click()
    page.get_by_role("button", name="Mark as shipped").click()
    page.wait_for_url("**/inspect/**")
    expect(page.locator(".messages .success")).to_be_visible()
    expect(page.locator(".shop-order__labels")).to_contain_text("Shipped")


def _read_the_stock(page, shop: RunningShop) -> None:
    page.goto(f"{shop.url}{STOCK}?q=TAWA-PRESS-IRON")
    assert [cell.inner_text() for cell in page.locator("tbody td.shop-figure").all()[:3]] == ["9", "0", "9"]
    assert shop.stock("TAWA-PRESS-IRON") == (9, 0)
