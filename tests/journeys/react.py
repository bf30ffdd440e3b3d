"""What the tests of the React client share: its pages at both widths, what axe says of a view, and the steps of a purchase."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.frontend.built import ensure_built
from tests.journeys.doors import ADDRESS, Program
from tests.journeys.shop import PASSWORD

DESK = {"width": 1280, "height": 900}


@pytest.fixture(name="newcomer")
def a_newcomer(shop) -> str:
    return newcomer(shop)


@pytest.fixture(name="built", scope="module")
def built_client():
    ensure_built()


@pytest.fixture(
    name="page", params=[pytest.param((PHONE, "light"), id="phone"), pytest.param((DESK, "light"), id="desk")]
)
def page_of_the_client(request, shop, chromium, built):
    """At rest: half way through a fade every contrast is wrong. What the console complains of fails the test."""
    viewport, scheme = request.param
    context = chromium.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce", locale="en-IN")
    context.set_default_timeout(20_000)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if _is_trouble(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints, complaints


def _is_trouble(said) -> bool:
    return said.type == "error" and "Failed to load resource" not in said.text


def check(page, where: str) -> None:
    """axe (WCAG 2.2 A and AA, best practice) finds nothing, and nothing scrolls sideways."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state("networkidle")
    expect(page.locator("main [aria-busy=true], main [data-skeleton]")).to_have_count(0)  # not while a part is loaded
    page.locator("h1").first.wait_for(state="attached")
    found = Axe().run(page).response["violations"]
    told = [f"{where}: {v['id']} {[node['target'] for node in v['nodes']][:3]}" for v in found]
    assert not told, "\n".join(told)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where} scrolls sideways by {wide} px"


def go(page, path: str) -> None:
    """To another view of the client without loading it anew; back when its heading is there, not that of the one left."""
    page.evaluate(
        """path => {
            document.querySelectorAll("main h1").forEach(heading => heading.setAttribute("data-left", ""));
            history.pushState(null, "", path);
            dispatchEvent(new PopStateEvent("popstate"));
        }""",
        f"/app{path}",
    )
    page.locator("main h1:not([data-left])").first.wait_for(state="attached")


def open_product(page, shop, words: str) -> None:
    page.goto(f"{shop.url}/app/")
    page.get_by_role("combobox").fill(words)
    page.get_by_role("option").first.wait_for()
    page.get_by_role("combobox").press("Enter")
    page.locator("#cards a").first.click()
    page.get_by_role("button", name="Add to cart").wait_for()


def to_checkout(page, shop, words: str) -> None:
    open_product(page, shop, words)
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog").get_by_role("link", name="Check out").click()


def sign_in(page, username: str) -> None:
    page.get_by_label("E-mail or user name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def enter(page, shop, username: str, password: str = PASSWORD) -> None:
    """Signed in as after a reload: by the cookie alone, without the form. Before the first page of the test."""
    asked = {"username": username, "password": password, "cookie": True}
    answer = page.context.request.post(f"{shop.url}/api/self/", data=asked)
    assert answer.ok, answer.text()
    page.add_init_script("localStorage.setItem('signed-in', '1')")


def sent(shop, pattern: str, times: int = 1) -> str:
    """The newest of what went out by mail or SMS and looks so, once there are so many."""
    for _look in range(100):
        texts = [(shop.folder / "shop.log").read_text(), *(kept.read_text() for kept in _mails(shop))]
        found = [hit for text in texts for hit in re.findall(pattern, text.replace("=\n", "").replace("=3D", "="))]
        if len(found) >= times:
            return found[-1]
        shop.wait_for("SELECT 1 WHERE false", seconds=0.2)
    raise AssertionError(f"nothing was sent like {pattern}")


def _mails(shop) -> list[Path]:
    return sorted(shop.folder.glob("mails/*"), key=lambda kept: kept.stat().st_mtime)


def newcomer(shop) -> str:
    """The e-mail address of an account of one's own, so that no other journey is in the way."""
    email = f"n{secrets.token_hex(4)}@example.com"
    asked = {"email": email, "password": PASSWORD, "name": "Nila Rao"}
    Program(shop.url, shop.gateway).call("POST", "users/", asked, expect=201)
    return email


def fill_address(page, email: str = "react-guest@example.com") -> None:
    if email:
        page.locator("#f-email").fill(email)
    for name, value in ADDRESS.items():
        if name == "state":
            page.locator("#f-state").select_option(label=value)
        else:
            page.locator(f"#f-{name}").fill(value)


def to_payment(page, way: str) -> None:
    """From an address step whose form is filled or whose kept address is chosen."""
    page.get_by_role("button", name=re.compile("Go on to delivery|[Ss]end it there")).first.click()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_role("radio", name=re.compile(way)).check()


def placed(page) -> str:
    page.get_by_role("heading", name=re.compile("Thank you")).wait_for()
    return re.search(r"OS-\d+", page.inner_text("main"))[0]
