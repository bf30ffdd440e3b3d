"""`/api/pages/`: Wagtail's own list, bodies as typed blocks, what is kept and when it is forgotten."""

from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction, Site

from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.product.models import CategoryPage
from cms_pages.models import ContentPage
from cms_pages.selectors.public_pages import public_pages
from tests.cms_pages.conftest import blocks, holds
from tests.factories.catalog import language, make_brand, make_category, make_image, make_product, translate

pytestmark = pytest.mark.django_db
PAGES = "/api/pages/"


@pytest.fixture
def world(make_page, homes):
    """Things to show and to link to, in both languages."""
    mugs = make_category("Mugs", slug="mugs", parent=homes["en"])
    homes["hi"].add_child(instance=CategoryPage(
        title="मग", slug="mag-hi", locale=language("hi"), translation_key=mugs.translation_key))  # fmt: skip
    refresh_shelves()
    cup = make_product("Cup", categories=[mugs], slug="cup", prices={"USD": 999})
    translate(cup, "प्याला", slug="pyala")
    return {
        "mugs": mugs, "cup": cup, "plate": make_product("Plate", slug="plate"), "brand": make_brand("Neer", slug="neer"),
        "delivery": make_page("Delivery", slug="delivery"), "image": make_image(title="Table"),
    }  # fmt: skip


def row_of(core):
    return core.contents.get(is_source=True).pk


def body_of(world, **links):
    picture = {"image": world["image"].pk, "alt_text": "A laid table", "decorative": False}
    gone = 10**9
    rich = (f'<p><a linktype="page" id="{world["delivery"].pk}">Delivery</a> <a linktype="page" id="{gone}">old</a>'
            '<script>alert(1)</script><a href="javascript:alert(1)">bad</a></p>')  # fmt: skip
    return blocks(
        ("hero", {"heading": "Light", "text": "", "tone": "night", "picture": picture, "links": [
            {"text": "Mugs", "page": world["mugs"].pk}, {"text": "New", "address": "/search/?ordering=newest"},
            {"text": "Gone", "page": gone}]}),
        ("product_carousel", {"heading": "Best", "note": "", "layout": "lead", "link": {"text": "Cup", "product": row_of(world["cup"])},
                              "products": [row_of(world["plate"]), {"type": "item", "value": row_of(world["cup"]), "id": "1"}, gone]}),
        ("category_grid", {"heading": "Shelves", "categories": [world["mugs"].pk], "link": None}),
        ("banner", {"heading": "Gifts", "picture": {**picture, "decorative": True}, "link": {"text": "Neer", "brand": world["brand"].pk}}),
        ("quote", {"quote": "I like it", "figures": [{"label": "Pots", "value": "12"}], "link": {"text": "Mail", "address": "mailto:a@b.example"}}),
        ("rich_text", {"heading": "", "text": rich}),
        ("trust_strip", {"heading": "Trust", "items": [{"icon": "truck", "heading": "Fast", "text": "Days"}]}),
    )  # fmt: skip


def test_every_block_is_typed_and_as_the_document_says(client, world, make_landing, components):
    page = make_landing(body=body_of(world), slug="diwali")
    answer = client.get(f"{PAGES}{page.pk}/").json()
    holds(components, "PageDetail", answer)
    assert (answer["meta"]["type"], answer["meta"]["path"], answer["title"]) == (
        "cms_pages.LandingPage",
        "/diwali/",
        "Diwali",
    )
    hero, products, shelves, banner, quote, text, trust = (block["value"] for block in answer["body"])
    assert hero["links"] == [
        {"text": "Mugs", "url": world["mugs"].url, "kind": "category", "id": world["mugs"].pk},
        {"text": "New", "url": "/search/?ordering=newest", "kind": "address", "id": None},
    ]
    assert hero["picture"]["alt"] == "A laid table" and banner["picture"]["alt"] == ""
    assert {"url", "srcset", "width", "height", "sources"} < hero["picture"].keys()
    assert [card["name"] for card in products["products"]] == ["Plate", "Cup"]
    assert products["products"][1]["price"] == "649.00" and products["products"][1]["in_stock"] is True
    assert products["link"] == {"text": "Cup", "url": "/product/cup/", "kind": "product", "id": world["cup"].pk}
    assert [(tile["id"], tile["name"]) for tile in shelves["categories"]] == [(world["mugs"].pk, "Mugs")]
    assert banner["link"]["url"] == "/brand/neer/" and quote["link"]["kind"] == "external"
    delivery = world["delivery"].pk
    assert text["html"] == (f'<p><a href="/delivery/" data-kind="page" data-id="{delivery}">Delivery</a> <a>old</a>'
                            "<a>bad</a></p>")  # fmt: skip
    assert trust["items"] == [{"icon": "truck", "heading": "Fast", "text": "Days"}]


def test_a_page_speaks_its_own_language_and_the_asked_currency(client, world, make_landing):
    page = make_landing("दिवाली", code="hi", body=body_of(world), slug="diwali-hi")
    answer = client.get(f"{PAGES}{page.pk}/", {"currency": "USD"}).json()
    values = [block["value"] for block in answer["body"]]
    assert values[0]["links"][1]["url"] == "/hi/search/?ordering=newest"
    assert (values[1]["products"][1]["name"], values[1]["products"][1]["price"]) == ("प्याला", "9.99")
    assert values[2]["categories"][0]["name"] == "मग"
    assert client.get(f"{PAGES}{page.pk}/", {"currency": "XXX"}).status_code == 400


def test_the_list_is_wagtails(client, make_page, homes, components):
    about = make_page("About", slug="about")
    hindi = make_page("हमारे बारे में", code="hi", slug="parichay", of=about)
    answer = client.get(PAGES, {"type": "cms_pages.ContentPage"}).json()
    holds(components, "PageList", answer)
    assert answer["meta"]["total_count"] == 2
    assert [item["meta"]["path"] for item in answer["items"]] == ["/about/", "/hi/parichay/"]
    assert [item["id"] for item in client.get(PAGES, {"locale": "hi", "slug": "parichay"}).json()["items"]] == [
        hindi.pk
    ]
    assert [item["id"] for item in client.get(PAGES, {"lang": "hi", "child_of": homes["hi"].pk}).json()["items"]] == [
        hindi.pk
    ]
    assert [item["id"] for item in client.get(PAGES, {"path": "/hi/parichay/"}).json()["items"]] == [hindi.pk]
    assert client.get(PAGES, {"path": "/nowhere/"}).json()["items"] == []
    assert [
        item["intro"]
        for item in client.get(PAGES, {"type": "cms_pages.ContentPage", "fields": "intro"}).json()["items"]
    ] == ["", ""]
    detail = client.get(f"{PAGES}{about.pk}/").json()
    assert [(one["locale"], one["path"]) for one in detail["meta"]["translations"]] == [
        ("en", "/about/"), ("hi", "/hi/parichay/")]  # fmt: skip
    assert detail["meta"]["parent"] == {"id": homes["en"].pk, "title": "Home en", "path": "/"}


@pytest.mark.parametrize(
    "given",
    [
        {"type": "x.Y"}, {"type": "auth.User"}, {"limit": "101"}, {"limit": "-1"}, {"offset": "x"}, {"order": "secret"},
        {"fields": "owner"}, {"fields": "("}, {"child_of": "x"}, {"slug": "a\0b"}, {"lang": "xx"}, {"currency": "XXX"},
        {"unknown": "1"}, {"body": "x"}, {"id": "abc"}, {"first_published_at": "soon"}, {"search": "\0"},
        {"search_operator": "xor", "search": "a"}, {"translation_of": "9" * 30}, {"descendant_of": "-1"},
    ],
)  # fmt: skip
def test_what_wagtail_does_not_understand_is_a_problem(client, homes, given):
    answer = client.get(PAGES, given)
    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_lies_below_a_closed_page_is_closed_as_wagtail_says(make_page):
    secret, beside = make_page("Secret"), make_page("Beside")
    below = secret.add_child(instance=ContentPage(title="Below", slug="below"))
    before = set(public_pages().values_list("pk", flat=True))
    assert {secret.pk, beside.pk, below.pk} <= before
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    shown = set(public_pages().values_list("pk", flat=True))
    assert beside.pk in shown and not {secret.pk, below.pk} & shown
    assert shown == before & set(Page.objects.public().values_list("pk", flat=True))


def test_only_what_everybody_may_see(client, make_page):
    secret, draft = make_page("Secret", slug="secret"), make_page("Draft", slug="draft")
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="x")
    draft.unpublish()
    shown = {item["title"] for item in client.get(PAGES).json()["items"]}
    assert "Home en" in shown and not shown & {"Secret", "Draft", "Root"}
    for page in (secret, draft):
        assert client.get(f"{PAGES}{page.pk}/").status_code == 404
        assert client.get("/api/resolve/", {"path": f"/{page.slug}/"}).json()["kind"] == "none"
    assert client.get(f"{PAGES}{10**30}/").status_code == 404
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(PAGES).status_code in (401, 403, 405)


def test_a_page_is_found_by_its_path_also_where_it_was(client, make_page, django_capture_on_commit_callbacks):
    page = make_page("About", slug="about")
    page.slug = "story"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    for path in ("/story/", "/about/"):
        found = client.get(f"{PAGES}find/", {"html_path": path, "fields": "_,title"})
        assert (found.status_code, found.headers["Location"]) == (302, f"{PAGES}{page.pk}/?fields=_%2Ctitle")
    assert client.get(found.headers["Location"]).json() == {"title": "About"}
    assert client.get(f"{PAGES}find/", {"html_path": "/nowhere/"}).status_code == 404
    assert client.get(f"{PAGES}find/", {"html_path": "\x1f"}).status_code == 404  # and not the home page
    assert client.get(f"{PAGES}find/").status_code == 400


def test_what_is_kept_costs_nothing_and_is_forgotten_when_published(
    client, world, make_landing, django_assert_num_queries, django_assert_max_num_queries,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    page = make_landing(body=body_of(world))
    with django_assert_max_num_queries(11):
        first = client.get(f"{PAGES}{page.pk}/")
    with django_assert_num_queries(0):
        assert client.get(f"{PAGES}{page.pk}/").content == first.content
        again = client.get(f"{PAGES}{page.pk}/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "public" in first.headers["Cache-Control"] and "Accept-Language" in first.headers["Vary"]
    page.title = "Diwali, brighter"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert client.get(f"{PAGES}{page.pk}/").json()["title"] == "Diwali, brighter"


def test_a_list_does_not_cost_more_for_more_pages(client, make_page, django_assert_max_num_queries):
    for number in range(12):
        make_page(f"Page {number}")
    Site.get_site_root_paths()  # kept by Wagtail
    with django_assert_max_num_queries(2):
        assert len(client.get(PAGES, {"type": "cms_pages.ContentPage"}).json()["items"]) == 12


@pytest.mark.parametrize(
    "given",
    [
        {"search": "about", "order": "title"}, {"search": "about"}, {"order": "random"}, {"order": "-id", "offset": "1"},
        {"search": "about", "search_operator": "and", "type": "cms_pages.ContentPage"}, {"fields": "*"}, {"fields": "_"},
        {"fields": "-title"}, {"fields": "parent(title)"}, {"fields": "*,-meta"}, {"child_of": "root"}, {"id": "9" * 30},
        {"descendant_of": "root"}, {"ancestor_of": "1"}, {"translation_of": "root"}, {"type": "wagtailcore.Page"},
        {"type": "product.CategoryPage,cms_pages.HomePage"}, {"child_of": "1", "descendant_of": "2"}, {"site": "x:y"},
        {"slug": "ab\\ud800"}, {"title": "%s'\""}, {"first_published_at": "2026-01-01"}, {"show_in_menus": "maybe"},
        {"limit": "0"}, {"limit": "9" * 40}, {"offset": "9" * 30}, {"locale": "x"}, {"rich_text_format": "x"},
        {"search": "about", "child_of": "root"}, {"search": "a" * 5000}, {"path": "/x\\/.."}, {"path": "x"},
    ],
)  # fmt: skip
def test_odd_wishes_are_answered_or_refused_never_an_error(client, make_page, given):
    make_page("About", slug="about")
    assert client.get(PAGES, given).status_code in (200, 400, 404)
