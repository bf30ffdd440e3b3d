"""Every view of the React client, on a phone and on a desk, by day and by night: axe finds nothing. A view in
`App.tsx` without a row here fails."""

from __future__ import annotations

import re

import pytest

from tests.browser import PHONE
from tests.frontend.built import FRONTEND
from tests.journeys.doors import Program
from tests.journeys.react import DESK, built_client, check, go, page_of_the_client, sign_in  # noqa: F401
from tests.journeys.shop import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.node]

# route of App.tsx: (address with the places of `facts`, what shows that it is there)
OPEN = {
    "": ("/", ".card"),
    "category/:id": ("/category/{shelf}?attr_color=indigo", ".chip.on"),  # leads on to /table/
    "search": ("/search?q=mug", ".card"),
    "product/:id": ("/product/stoneware-mug/", "#reviews"),
    "cart": ("/cart", ".empty"),
    "checkout": ("/checkout", ".empty"),
    "track": ("/track", "#f-number"),
    "preview": ("/preview?token=wrong", ".empty"),
    "sign-in": ("/sign-in", ".entry"),
    "sign-in/code": ("/sign-in/code", "#f-phone"),
    "sign-in/back": ("/sign-in/back?error=unavailable", "[role=alert]"),
    "forgotten-password": ("/forgotten-password", "#f-email"),
    "new-password": ("/new-password#x-y", "#f-new_password"),
    "confirm-address": ("/confirm-address#x", ".entry"),
    "take-back": ("/take-back#x", ".entry"),
    "privacy/choices": ("/privacy/choices", ".answers"),
    "sign-up": ("/sign-up", ".entry"),
    "*": ("/no/such/view", ".empty"),
}
SIGNED_IN = {
    "account": ("/account", ".ticket"),
    "account/orders": ("/account/orders", ".ticket"),
    "account/addresses": ("/account/addresses", ".address-list"),
    "account/profile": ("/account/profile", "#f-name"),
    "account/security": ("/account/security", "#app-title"),
    "account/security/linked": ("/account/security/linked?error=unavailable", "[role=alert]"),
    "account/data": ("/account/data", "#close-title"),
    "account/wishlist": ("/account/wishlist", "h1"),
    "account/complaints": ("/account/complaints", "#f-text"),
    "account/reviews": ("/account/reviews", "h1"),
    "account/reviews/write/:product": ("/account/reviews/write/{soap}", ".rate-stars"),
    "account/notices": ("/account/notices", ".acts-row"),
    "account/notices/choices": ("/account/notices/choices", "fieldset"),
    "order/:id": ("/order/{delivered}", ".ticket"),
    "order/:id/address": ("/order/{waiting}/address", "#f-street"),
    "order/:id/return": ("/order/{delivered}/return", "[name=why]"),
}
MORE = [("/search?q=zzzz", ".empty"), ("/order/999999", ".empty"), ("/table/", ".card"), ("/hi/mez/", ".card"),
        ("/delivery/", ".article"), ("/diwali-lights/", ".hero")]  # fmt: skip
looks = pytest.mark.parametrize("page", [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk, dark"], indirect=True)


def test_every_view_has_a_row():
    assert _routes() == set(OPEN) | set(SIGNED_IN)


def _routes() -> set[str]:
    """`{"", "category/:id", "account/orders", …}`, nested ones under their parent."""
    source, inside, found = (FRONTEND / "src" / "App.tsx").read_text(), [], set()
    for opening, closing in re.findall(r"<Route\s([^>]*?=\{<[^>]*/>\}\s*/?>|[^>]*>)|(</Route>)", source):
        if closing:
            inside.pop()
            continue
        own = re.search(r'path="([^"]*)"', opening)
        found.add("/".join(filter(None, [*inside, own[1] if own else ""])))
        if not opening.rstrip().endswith("/>") or re.search(r"/>\}>$", opening.strip()):
            inside.append(own[1])
    return found


@pytest.fixture(scope="module")
def facts(shop) -> dict[str, int]:
    """A shelf, and two orders of Ravi's: one that is delivered, one that waits."""
    door, staff = Program(shop.url, shop.gateway), Program(shop.url, shop.gateway)
    door.sign_in("ravi", PASSWORD)
    staff.sign_in("maya", PASSWORD)
    orders = []
    for _order in range(2):
        door.put_in_cart("handmade-soap")
        orders.append(door.orders[door.order_by_cash().number])
    staff.call("PATCH", f"order/{orders[0]}/", {"status": "shipped"})
    staff.call("PATCH", f"order/{orders[0]}/", {"status": "delivered"})
    shelf = shop.ask("SELECT id FROM wagtailcore_page WHERE slug = 'table' ORDER BY id LIMIT 1")[0][0]
    soap = door.product("handmade-soap")["id"]
    return {"soap": soap, "shelf": shelf, "delivered": orders[0], "waiting": orders[1]}


@looks
def test_open_views(page, shop, facts):
    for path, mark in [*OPEN.values(), *MORE]:
        page.goto(f"{shop.url}/app{path.format_map(facts)}")
        page.locator(f"main {mark}").first.wait_for()
        check(page, path)


@looks
def test_views_of_the_signed_in(page, shop, facts):
    page.goto(f"{shop.url}/app/sign-in?next=/track")  # none of the views below: each is gone to from another one
    sign_in(page, "ravi")
    page.locator("main #f-number").wait_for()
    for path, mark in SIGNED_IN.values():
        go(page, path.format_map(facts))
        page.locator(f"main {mark}").first.wait_for()
        check(page, path)
    go(page, "/account/addresses")
    page.get_by_role("button", name="Add an address").click()
    check(page, "a new address")
