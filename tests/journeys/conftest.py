from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import conftest as servers
from tests.journeys.doors import Browser, Program
from tests.journeys.shop import RunningShop, running_shop

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def shop(template_database, tmp_path_factory) -> Iterator[RunningShop]:
    """The seeded demo shop, running, for the whole session of this worker."""
    with servers._copy_of(template_database, "journey") as name:
        dsn = servers._server() | {"dbname": name}
        with running_shop(dsn, _short(tmp_path_factory.mktemp("shop"))) as shop:
            yield shop


def _short(folder: Path) -> Path:
    return folder.resolve()


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, and `make test` may not install it here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(shop, chromium, request):
    """A phone-sized page; mark the test's parameter with `js` False for one without JavaScript."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=True)
    yield context.new_page()
    context.close()


DOORS = [
    "program",
    pytest.param("plain pages", marks=pytest.mark.browser),
    pytest.param("browser", marks=pytest.mark.browser),
]


@pytest.fixture(params=DOORS)
def door(request, shop):
    """The same shopper at each door of the shop."""
    if request.param == "program":
        yield Program(shop.url, shop.gateway)
        return
    scripted = request.param == "browser"
    browser = request.getfixturevalue("chromium")
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripted)
    context.set_default_timeout(15_000)
    yield Browser(shop.url, context.new_page(), scripted=scripted)
    context.close()
