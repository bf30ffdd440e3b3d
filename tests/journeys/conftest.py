from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import conftest as servers
from tests.browser import PHONE
from tests.journeys.doors import Browser, Program
from tests.journeys.shop import RunningShop, running_shop
from tests.oidc import serving


@pytest.fixture(scope="session")
def shop(template_database, tmp_path_factory) -> Iterator[RunningShop]:
    """The seeded demo shop, running, for the whole session of this worker."""
    with servers._copy_of(template_database, "journey") as name:
        dsn = servers._server() | {"dbname": name}
        with serving() as provider, running_shop(dsn, tmp_path_factory.mktemp("shop"), provider) as shop:
            yield shop


def _shopper(request, shop, kind: str):
    if kind == "program":
        yield Program(shop.url, shop.gateway)
        return
    with_script = kind == "browser"
    context = request.getfixturevalue("chromium").new_context(viewport=PHONE, java_script_enabled=with_script)
    context.set_default_timeout(20_000)
    yield Browser(shop.url, context.new_page(), scripted=with_script)
    context.close()


IN_BROWSER = pytest.mark.browser


@pytest.fixture(
    params=["program", pytest.param("plain pages", marks=IN_BROWSER), pytest.param("browser", marks=IN_BROWSER)]
)
def door(request, shop):
    """The same shopper at each door of the shop."""
    yield from _shopper(request, shop, request.param)


@pytest.fixture(params=["program", pytest.param("browser", marks=IN_BROWSER)])
def paying_door(request, shop):
    """The doors at which the gateway's window can open."""
    yield from _shopper(request, shop, request.param)


@pytest.fixture
def plain_page(shop, chromium):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()
