"""axe (WCAG 2.2 A and AA, best practice) finds nothing on any page of the seeded shop, on a phone and on a desk."""

from __future__ import annotations

import pytest

from tests.journeys.doors import Browser
from tests.journeys.shop import PASSWORD

pytestmark = pytest.mark.browser
OPEN = ["/", "/hi/", "/table/", "/hi/mez/", "/table/?ordering=price&attr_color=indigo", "/product/stoneware-mug/",
        "/product/brass-lota/", "/product/brass-lota/reviews/", "/search/?q=mug", "/search/?q=zzzz", "/brand/rukmini-prajapati/", "/delivery/",
        "/diwali-lights/", "/cart/", "/privacy/choices/", "/account/login/", "/account/signup/", "/account/password/reset/", "/nowhere/"]  # fmt: skip
SIGNED_IN = ["/account/", "/account/orders/", "/account/addresses/", "/account/addresses/add/", "/account/profile/",
             "/account/password/", "/account/reviews/", "/account/wishlist/", "/account/notices/", "/account/notices/preferences/",
             "/account/data/"]  # fmt: skip


@pytest.fixture(params=[(390, 844, "light"), (1280, 900, "dark")], ids=["phone", "desk, dark"])
def page(request, shop, chromium):
    width, height, scheme = request.param  # at rest: half way through a fade every contrast is wrong
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def _check(page, where: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    told = [f"{where}: {v['id']} {[node['target'] for node in v['nodes']][:3]}" for v in found]
    assert not told, "\n".join(told)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where} scrolls sideways by {wide} px"


def test_open_pages(page, shop):
    for path in OPEN:
        page.goto(shop.url + path)
        _check(page, path)


def test_pages_of_the_account_and_of_the_whole_checkout(page, shop):
    door = Browser(shop.url, page, scripted=True)
    door.sign_in("ravi", PASSWORD)
    for path in SIGNED_IN:
        page.goto(shop.url + path)
        _check(page, path)
    door.put_in_cart("tumbler-set")
    _check(page, "the cart drawer")
    for path in ("/cart/", "/checkout/"):
        page.goto(shop.url + path)
        _check(page, path)
    door._to_review("razorpay", "")
    for path in ("/checkout/delivery/", "/checkout/payment/", "/checkout/review/"):
        page.goto(shop.url + path)
        _check(page, path)
    page.get_by_role("button", name="Pay ").click()
    page.wait_for_url("**/checkout/pay/**")
    _check(page, "the pay page")
    page.get_by_test_id("emu-pay").click()
    door._placed()
    _check(page, "the confirmation")
    page.goto(f"{shop.url}/account/orders/")
    page.locator("main a[href*='/account/orders/OS-']").first.click()
    _check(page, "an order")


def test_pages_weigh_little_without_their_pictures(page, shop):
    """At most 150 KB over the wire besides pictures of products."""
    for path in ("/", "/table/", "/product/stoneware-mug/", "/hi/"):
        weight = []
        page.on("response", lambda answer, weight=weight: weight.append(_size(answer)))
        page.goto(shop.url + path, wait_until="networkidle")
        assert sum(weight) <= 150_000, f"{path} weighs {sum(weight)}"
        page.context.clear_cookies()


def _size(answer) -> int:
    if answer.request.resource_type == "image" or not answer.ok:
        return 0
    return int(answer.headers.get("content-length") or 0)
