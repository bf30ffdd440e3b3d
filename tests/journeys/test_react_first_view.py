"""The view that the door writes into the page, until the client takes it over: nothing moves, and who has chosen otherwise
does not see a newcomer's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.react import built_client, open_product, page_of_the_client  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.node]

PARTS = ["header.top", ".notice", ".bar .search", ".tools a:last-child", ".consent", ".consent .answers", "main h1",
         "main picture img, main .tile img", ".crumbs", ".price", ".cat-head", ".hero .acts",
         ".results .card:nth-child(4)"]  # fmt: skip
BOXES = """parts => parts.map(part => document.querySelector(part)).map(
    found => { const box = found?.getBoundingClientRect(); return box && [box.x, box.y, box.width, box.height].map(Math.round) })"""
SHIFTS = """window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => shifts += entry.value))
    .observe({type: "layout-shift", buffered: true})"""


def _hold(page, pattern: str) -> Callable[[], None]:
    """What is asked for by such an address does not arrive before the function that comes back is called."""
    waiting: list | None = []

    def take(route) -> None:
        route.fallback() if waiting is None else waiting.append(route)

    def release() -> None:
        nonlocal waiting
        kept, waiting = waiting, None
        for route in kept:
            route.fallback()

    page.route(pattern, take)
    return release


@pytest.fixture
def held(page):
    """The program does not arrive before `held` is called."""
    release = _hold(page, "**/assets/main-*.js")

    def let_it_come() -> None:
        release()
        page.locator("[data-first]").wait_for(state="detached")

    return let_it_come


@pytest.mark.parametrize("path", ["/", "/table/", "/product/stoneware-mug/", "/delivery/"])
def test_the_client_takes_over_what_stands_there_and_nothing_moves(page, shop, held, path):
    page.add_init_script(SHIFTS)
    page.goto(f"{shop.url}/app{path}")
    page.locator("[data-first] h1").wait_for()
    page.evaluate("document.fonts.ready")
    before, moved = dict(zip(PARTS, page.evaluate(BOXES, PARTS), strict=True)), page.evaluate("shifts")
    held()
    after = dict(zip(PARTS, page.evaluate(BOXES, PARTS), strict=True))
    drawn = {part for part, box in before.items() if box}
    assert {"header.top", ".consent", "main h1"} <= drawn
    assert {part: box for part, box in after.items() if part in drawn} == {part: before[part] for part in drawn}
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shifts") - moved < 0.01


def test_a_cart_comes_into_the_room_that_was_kept_for_it(page, shop):
    open_product(page, shop, "incense")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog", name="In your cart").get_by_text("added.").wait_for()
    release = _hold(page, "**/api/cart/")
    page.add_init_script(SHIFTS)
    page.goto(f"{shop.url}/app/cart")
    page.locator("main h1", has_text="Your cart").wait_for()
    page.locator("main [data-skeleton]").wait_for()
    release()
    page.locator(".lines .item").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shifts") < 0.01


def test_who_has_chosen_otherwise_sees_their_own_alone(page, shop, held):
    page.context.add_cookies([{"name": "consent", "value": "99.no", "url": shop.url}])
    page.add_init_script("localStorage.setItem('theme', 'dark'); localStorage.setItem('currency', 'USD')")
    page.goto(f"{shop.url}/app/product/stoneware-mug/")
    page.locator("[data-first] h1").wait_for(state="attached")
    assert not page.locator("[data-first] h1").is_visible() and not page.locator(".consent").is_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    held()
    page.locator(".bigprice", has_text="$").wait_for()
    assert page.locator(".consent").count() == 0


def test_what_stands_there_works_before_the_client_runs(page, shop, held):
    page.goto(f"{shop.url}/app/table/")
    page.locator("[data-first] .card a").first.click()
    page.locator("[data-first] .pdp h1").wait_for()
    page.locator("[data-first]").get_by_role("button", name="Do not count").click()
    page.wait_for_url("**/app/product/**")
    page.locator("[data-first] .consent").wait_for(state="hidden")
    page.get_by_label("Search the shop").fill("mug")
    page.get_by_label("Search the shop").press("Enter")
    page.wait_for_url("**/app/search/?q=mug")
    held()
    page.locator("main .card").first.wait_for()
