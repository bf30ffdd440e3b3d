"""What the door draws of an address before the client runs: the same answers, nobody's own, and nothing that would do nothing."""

from __future__ import annotations

import html
import re

import pytest

from catalog.listing.services.refresh_shelves import refresh_shelves
from checkout.storefront import react_app
from checkout.storefront.early_answers import SHOT
from tests.cms_pages.conftest import homes  # noqa: F401
from tests.factories.catalog import make_category, make_image, make_product, translate

pytestmark = pytest.mark.django_db
PAGE = "{}<head><!--shop--></head><div id=root><!--view--></div><!--answers-->"


@pytest.fixture(autouse=True)
def built(tmp_path, monkeypatch):
    (tmp_path / "index.html").write_text(PAGE.format(react_app.PLACE_OF_MARKS))
    monkeypatch.setattr(react_app, "BUILT", tmp_path)


def _view(client, path: str, **headers: str) -> str:
    """What stands in `#root`."""
    page = client.get(path, headers=headers).content.decode()
    return re.search(r"<div id=root>(.*)</div><template", page, re.S)[1]


def _main(client, path: str, **headers: str) -> str:
    return re.search(r"<main.*</main>", _view(client, path, **headers), re.S)[0]


def test_a_product_stands_there_with_name_price_and_the_picture_that_is_preloaded(client):
    make_product("Cup </script><b>", slug="cup", images=[make_image()], price=54900)
    view = _main(client, "/app/product/cup/")
    assert "<h1>Cup &lt;/script&gt;&lt;b&gt;</h1>" in view and "₹549" in view
    page = html.unescape(client.get("/app/product/cup/").content.decode())
    preloaded = re.search(r'rel="preload" as="image"[^>]*?(?:href|imagesrcset)="([^"]+)"', page)[1]
    assert view.count("<img") == 1 and preloaded in html.unescape(view) and 'fetchpriority="high"' in view
    assert "srcset" not in view or f'sizes="{html.escape(SHOT)}"' in view


def test_it_leads_on_within_the_client_and_has_no_button_that_would_do_nothing(client, homes):  # noqa: F811
    mugs = make_category("Mugs", slug="mugs", parent=homes["en"])
    make_product("Cup", slug="cup", categories=[mugs])
    refresh_shelves()
    for path in ("/app/", "/app/mugs/", "/app/product/cup/"):
        main = _main(client, path)
        assert {link for link in re.findall(r'href="(/[^"]*)"', main) if not link.startswith("/app/")} == set(), path
        assert "<button" not in main and "<form" not in main, path
    assert 'href="/app/product/cup/"' in _main(client, "/app/mugs/")
    assert re.findall(r"<button(?![^>]*(?:disabled|name=.given))", _view(client, "/app/")) == []


def test_a_narrowed_shelf_waits_for_the_client(client, homes):  # noqa: F811
    mugs = make_category("Mugs", slug="mugs", parent=homes["en"])
    make_product("Cup", slug="cup", categories=[mugs])
    refresh_shelves()
    assert "Cup" in _main(client, "/app/mugs/") and "Cup" not in _main(client, "/app/mugs/?in_stock=true")


def test_it_is_written_in_a_newcomers_words_and_says_so(client):
    cup = make_product("Cup", slug="cup")
    translate(cup, "प्याला", slug="प्याला")
    page = client.get("/app/product/cup/", headers={"accept-language": "hi"}).content.decode()
    assert '<html lang="hi" class="js" data-consent-version=' in page and 'data-first-view="hi INR"' in page
    assert "<h1>प्याला</h1>" in page
    assert "<h1>Cup</h1>" in client.get("/app/product/cup/").content.decode()


@pytest.mark.parametrize("path", ["/app/account/orders", "/app/product/nothing/", "/app/preview", "/app/checkout"])
def test_where_nothing_is_known_only_what_stands_around_it_is_there(client, path):
    view = _view(client, path)
    assert "<h1" not in view and 'class="consent"' in view
    assert ('class="search"' in view) is (path != "/app/checkout")


def test_the_view_that_asks_for_consent_is_not_asked_above(client):
    assert 'class="consent"' not in _view(client, "/app/privacy/choices")


def test_it_is_nobodys_own(client, django_user_model):
    make_product("Cup", slug="cup")
    before = client.get("/app/product/cup/")
    client.force_login(django_user_model.objects.create_user("asha", "asha@example.com", "x"))
    client.cookies["consent"] = "9.no"
    after = client.get("/app/product/cup/")
    assert after.content == before.content and after["Cache-Control"] == "no-cache"
    assert "Cookie" not in after["Vary"]
