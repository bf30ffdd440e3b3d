"""What the door of the React client writes into its page: the API's own answers, the first picture, the view's parts."""

from __future__ import annotations

import html
import json
import re

import pytest

from catalog.listing.services.refresh_shelves import refresh_shelves
from checkout.storefront import react_app
from checkout.storefront.early_answers import CARD, SHOT, Early
from tests.cms_pages.conftest import homes  # noqa: F401
from tests.factories.catalog import make_category, make_image, make_product, translate
from tests.frontend.built import FRONTEND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def built(tmp_path, monkeypatch):
    (tmp_path / "index.html").write_text("<html><head><!--shop--></head><!--answers--></html>")
    chunks = {
        "src/main.tsx": {"file": "assets/main-0.js", "imports": ["_App.js"]},
        "src/pages/Product.tsx": {"file": "assets/Product-1.js", "imports": ["_Shown.js", "_App.js"]},
        "_App.js": {"file": "assets/App-2.js"},
        "_Shown.js": {"file": "assets/Shown-3.js", "imports": ["_Price.js"]},
        "_Price.js": {"file": "assets/Price-4.js"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(chunks))
    monkeypatch.setattr(react_app, "BUILT", tmp_path)


def _early(client, path: str, **headers: str) -> tuple[dict, str]:
    page = client.get(path, headers=headers).content.decode()
    found = re.search(r'<script id="early" type="application/json">(.*?)</script>', page, re.S)
    assert found is not None
    return json.loads(found[1]), html.unescape(page)


def test_a_product_comes_with_its_picture_and_its_view(client):
    cup = make_product("Cup </script><script>alert(1)</script>", slug="cup", images=[make_image()])
    early, page = _early(client, "/app/product/cup/")
    address = f"/api/product/{cup.pk}/"
    assert early["answers"][address] == client.get(address).json()
    assert early["answers"]["/api/resolve/?path=%2Fproduct%2Fcup%2F"]["id"] == cup.pk
    assert (early["lang"], early["currency"]) == ("en", "INR")
    assert f'<link rel="preload" as="image" href="{early["answers"][address]["images"][0]["url"]}"' in page
    parts = re.search(r'<template id="parts">(.*?)</template>', page)[1]
    assert re.findall(r'modulepreload" href="/app/assets/(\w+)-', parts) == ["main", "Product", "App", "Shown", "Price"]
    assert "<script>alert" not in client.get("/app/product/cup/").content.decode()


def test_the_best_format_is_fetched_in_the_size_that_is_shown():
    sources = [{"type": "image/avif", "srcset": "/a.avif 320w"}]
    picture = {"url": "/a.webp", "srcset": "/a.webp 320w", "sources": sources}
    written = html.unescape(Early("en", "INR", picture=picture, sizes=SHOT).as_preload())
    assert f'type="image/avif" imagesrcset="/a.avif 320w" imagesizes="{SHOT}"' in written
    components = FRONTEND / "src" / "components"
    shown = (components / "product" / "Pictures.tsx").read_text() + (components / "ProductCard.tsx").read_text()
    assert f'sizes="{SHOT}"' in shown and f'"{CARD}"' in shown


def test_a_shelf_comes_with_its_first_page_unless_it_is_narrowed(client, homes):  # noqa: F811
    mugs = make_category("Mugs", slug="mugs", parent=homes["en"])
    make_product("Cup", slug="cup", categories=[mugs])
    refresh_shelves()
    listed = f"/api/product/?category={mugs.pk}&facets=true&page_size=24"
    early, _page = _early(client, "/app/mugs/")
    assert early["answers"][listed] == client.get(listed).json()
    assert "/api/category/?tree=true" in early["answers"]
    narrowed, _page = _early(client, "/app/mugs/?in_stock=true")
    assert listed not in narrowed["answers"]


def test_a_newcomer_who_reads_hindi_gets_hindi(client):
    cup = make_product("Cup", slug="cup")
    translate(cup, "प्याला", slug="प्याला")
    early, _page = _early(client, "/app/product/cup/", accept_language="hi-IN,hi;q=0.9")
    assert early["answers"]["/api/consent/"] == client.get("/api/consent/", headers={"Accept-Language": "hi"}).json()
    assert early["lang"] == "hi" and early["answers"][f"/api/product/{cup.pk}/"]["name"] == "प्याला"


@pytest.mark.parametrize("path", ["/app/cart", "/app/no/such/view/", "/app/product/nothing/"])
def test_other_addresses_come_with_menu_and_facts_alone(client, path):
    early, page = _early(client, path)
    assert {"/api/navigation/", "/api/settings/", "/api/consent/"} <= set(early["answers"])
    assert not [address for address in early["answers"] if address.startswith("/api/product/")]
    assert 'as="image"' not in page


def test_the_client_asks_for_nothing_of_somebody(client, django_user_model):
    """Who is signed in to the rendered pages is a newcomer here: the page is the same for everybody."""
    make_product("Cup", slug="cup")
    before = client.get("/app/product/cup/").content
    client.force_login(django_user_model.objects.create_user("asha", "asha@example.com", "x"))
    assert client.get("/app/product/cup/").content == before


def test_it_costs_few_queries(client, django_assert_max_num_queries):
    make_product("Cup", slug="cup")
    client.get("/app/product/cup/")
    with django_assert_max_num_queries(12):
        client.get("/app/product/cup/")
