"""Which address leads to what, in any language; what has moved; everything that has an address."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.product.models import CategoryPage
from tests.cms_pages.conftest import holds
from tests.factories.catalog import language, make_brand, make_category, make_product, translate

pytestmark = pytest.mark.django_db
RESOLVE, TRANSLATIONS, REDIRECTS, SITEMAP = "/api/resolve/", "/api/translations/", "/api/redirects/", "/api/sitemap/"


@pytest.fixture
def shop(homes, make_page):
    mugs = make_category("Mugs", slug="mugs", parent=homes["en"])
    homes["hi"].add_child(instance=CategoryPage(
        title="मग", slug="मग", locale=language("hi"), translation_key=mugs.translation_key))  # fmt: skip
    refresh_shelves()
    cup = make_product("Cup", slug="cup", categories=[mugs])
    translate(cup, "प्याला", slug="प्याला")
    about = make_page("About", slug="about")
    return {
        "mugs": mugs, "cup": cup, "plate": make_product("Plate", slug="plate"), "neer": make_brand("Neer", slug="neer"),
        "about": about, "parichay": make_page("परिचय", code="hi", slug="parichay", of=about), "homes": homes,
    }  # fmt: skip


def resolved(client, path):
    return client.get(RESOLVE, {"path": path}).json()


def test_each_kind_is_found_in_each_language(client, shop, components):
    cases = {
        "/product/cup/": ("product", shop["cup"].pk, "en"), "/hi/product/प्याला/": ("product", shop["cup"].pk, "hi"),
        "/hi/product/plate": ("product", shop["plate"].pk, "hi"), "/mugs/": ("category", shop["mugs"].pk, "en"),
        "/hi/मग/": ("category", shop["mugs"].pk, "hi"), "/brand/neer/?page=2#top": ("brand", shop["neer"].pk, "en"),
        "/about/": ("page", shop["about"].pk, "en"), "/hi/parichay/": ("page", shop["parichay"].pk, "hi"),
        "/": ("page", shop["homes"]["en"].pk, "en"), "/hi/": ("page", shop["homes"]["hi"].pk, "hi"),
        "/hi/search/": ("search", None, "hi"), "/nothing/here/": ("none", None, "en"), "/product/": ("none", None, "en"),
        "/product/x\0y/": ("none", None, "en"), "/" + "x" * 3000: ("none", None, "en"),
    }  # fmt: skip
    for path, expected in cases.items():
        found = resolved(client, path)
        holds(components, "PlaceOut", found)
        assert (found["kind"], found["id"], found["lang"]) == expected, path
    paths = {one["lang"]: one["path"] for one in resolved(client, "/about/")["translations"]}
    assert paths == {"en": "/about/", "hi": "/hi/parichay/"}
    for path in (None, "", "about/", "https://evil.example/"):
        assert client.get(RESOLVE, {"path": path} if path is not None else {}).status_code == 400


def test_paths_that_moved_and_slugs_of_another_language_lead_on(client, shop):
    Redirect.objects.create(old_path="/old", redirect_page=shop["about"])
    Redirect.objects.create(old_path="/gone", redirect_link="https://elsewhere.example/", is_permanent=False)
    assert {**resolved(client, "/old/")} == {
        "kind": "redirect", "id": None, "path": "/old/", "lang": "en", "translations": [], "location": "/about/",
        "permanent": True}  # fmt: skip
    assert resolved(client, "/gone")["location"] == "https://elsewhere.example/"
    other = resolved(client, "/hi/product/cup/")
    assert (other["kind"], other["permanent"]) == ("redirect", False)
    assert resolved(client, other["location"])["id"] == shop["cup"].pk
    listed = client.get(REDIRECTS).json()
    assert [(row["path"], row["location"], row["permanent"]) for row in listed["results"]] == [
        ("/gone", "https://elsewhere.example/", False), ("/old", "/about/", True)]  # fmt: skip
    assert client.get(REDIRECTS, {"path": "/old/"}).json()["count"] == 1
    assert client.get(REDIRECTS, {"page": 9}).status_code == 404


def test_translations_by_id(client, shop, components):
    found = client.get(TRANSLATIONS, {"kind": "product", "id": shop["cup"].pk}).json()
    holds(components, "TranslationsOut", found)
    assert [one["lang"] for one in found["translations"]] == ["en", "hi"]
    for kind, thing in (("category", shop["mugs"]), ("page", shop["parichay"]), ("brand", shop["neer"])):
        told = client.get(TRANSLATIONS, {"kind": kind, "id": thing.pk}).json()["translations"]
        assert [resolved(client, one["path"])["kind"] for one in told] == [kind, kind]
    assert client.get(TRANSLATIONS, {"kind": "page", "id": 10**9}).status_code == 404
    assert set(client.get(TRANSLATIONS, {"kind": "user", "id": "x"}).json()["errors"]) == {"kind", "id"}
    assert client.get(TRANSLATIONS, {"kind": "page", "id": "9" * 40}).status_code == 400


def test_every_address_resolves_to_what_the_sitemap_says(client, shop, components, django_assert_max_num_queries):
    rows, address = [], f"{SITEMAP}?page_size=4"
    while address:
        answer = client.get(address).json()
        holds(components, "SitemapPage", answer)
        rows, address = rows + answer["results"], answer["next"]
    assert len({(row["kind"], row["id"]) for row in rows}) == len(rows) == 6  # 2 products, shelf, brand, home, about
    for row in rows:
        for one in row["alternates"]:
            found = resolved(client, one["path"])
            assert (found["kind"], found["lang"]) == (row["kind"], one["lang"]), one
    plate = next(row for row in rows if row["path"] == "/product/plate/")
    assert [one["lang"] for one in plate["alternates"]] == ["en"]
    assert client.get(SITEMAP, {"page": 99}).status_code == 404
    with django_assert_max_num_queries(13):
        client.get(SITEMAP, {"page_size": 100})


@pytest.mark.parametrize("path", ["/product/cup/", "/mugs/", "/about/", "/"])
def test_a_path_is_resolved_in_few_queries_and_then_in_none(client, shop, path, django_assert_max_num_queries):
    Site.get_site_root_paths()  # kept by Wagtail
    with django_assert_max_num_queries(4):
        first = client.get(RESOLVE, {"path": path})
    with django_assert_max_num_queries(0):
        assert client.get(RESOLVE, {"path": path}, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a/" * 900,
        "/%00/",
        "/hi//product///cup/",
        "/product/%ff/",
        "/product/../admin/",
        "/'",
        "/%",
        "/\x1f",
        "/\n",
        "/%0a",
    ],
)
def test_odd_paths_lead_somewhere_or_nowhere(client, shop, path):
    assert resolved(client, path)["kind"] in ("product", "redirect", "none")
    assert client.get(REDIRECTS, {"path": path}).status_code == 200
    assert client.get("/api/pages/", {"path": path}).json()["items"] == []
    assert client.get("/api/pages/find/", {"html_path": path}).status_code == 404
