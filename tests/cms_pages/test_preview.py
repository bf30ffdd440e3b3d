"""Drafts in the client: who gets a token, what it opens, and every refusal."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.core import signing
from django.test import RequestFactory
from django.utils import timezone
from rest_framework.test import APIClient
from wagtail.models import GroupPagePermission

from catalog.product.models import CategoryPage
from catalog.product.services.ensure_page_permissions import ensure_page_permissions
from cms_pages.models import ContentPage
from shop.accounts.services.ensure_roles import ensure_roles
from tests.cms_pages.conftest import blocks, holds
from tests.factories.catalog import make_category, make_product, translate
from tests.factories.people import client_of, make_user

pytestmark = pytest.mark.django_db
PREVIEW = "/api/preview/"


@pytest.fixture
def maya():
    ensure_roles()
    ensure_page_permissions()
    return make_user("maya", role="merchandiser")


@pytest.fixture
def things(homes, make_page):
    """Each of them live, with a newer draft."""
    page = make_page("About", slug="about")
    page.title, page.body = "About, new", blocks(("rich_text", {"heading": "", "text": "<p>Draft words</p>"}))
    page.save_revision()
    shelf = make_category("Mugs", slug="mugs", parent=homes["en"])
    shelf.title, shelf.intro = "Mugs, new", "<p>Draft words</p>"
    shelf.save_revision()
    cup = make_product("Cup", slug="cup")
    row = cup.contents.get(is_source=True)
    row.title = "Cup, new"
    row.save_revision()
    return {"page": page, "category": shelf, "product": cup}


def made(user, kind, thing, **more) -> dict:
    answer = client_of(user).post(PREVIEW, {"kind": kind, "id": thing.pk, **more}, "json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def name_of(answer) -> str:
    return answer.get("title") or answer["name"]


@pytest.mark.parametrize("kind", ["page", "category", "product"])
def test_a_token_opens_the_draft_of_one_thing_to_anybody_who_holds_it(client, maya, things, components, kind):
    token = made(maya, kind, things[kind])
    holds(components, "PreviewMade", token)
    assert unquote(token["url"]) == f"/app/preview/?token={token['token']}" and token["title"].endswith(", new")
    told = client.get(PREVIEW, {"preview": token["token"]}).json()
    holds(components, "PreviewOut", told)
    assert (told["kind"], told["id"], told["has_unpublished_changes"]) == (kind, things[kind].pk, True)
    seen = client.get(told["api_url"], {"preview": token["token"]})
    assert name_of(seen.json()).endswith(", new")
    assert seen.headers["Cache-Control"] == "private, no-store" and "noindex" in seen.headers["X-Robots-Tag"]
    assert "ETag" not in seen.headers
    assert client.get(told["api_url"], headers={"X-Preview-Token": token["token"]}).json() == seen.json()
    assert not name_of(client.get(told["api_url"]).json()).endswith(", new")  # and nobody else sees it


def test_drafts_are_typed_as_what_is_live(client, maya, things, components):
    for kind, schema in (("page", "PageDetail"), ("category", "CategoryDetail"), ("product", "ProductDraft")):
        token = made(maya, kind, things[kind])
        holds(components, schema, client.get(token["api_url"], {"preview": token["token"]}).json())
    holds(components, "CategoryDetail", client.get(f"/api/category/{things['category'].pk}/").json())


def test_what_was_never_published_and_what_is_of_another_language(client, maya, things, homes):
    translate(things["product"], "प्याला").save_revision()
    token = made(maya, "product", things["product"], lang="hi")
    assert (token["lang"], token["title"]) == ("hi", "प्याला")
    shelf = CategoryPage(title="New shelf", slug="new-shelf", live=False, locale=things["category"].locale)
    homes["en"].add_child(instance=shelf)
    token = made(maya, "category", shelf)
    assert token["live"] is False
    assert client.get(token["api_url"], {"preview": token["token"]}).json()["name"] == "New shelf"
    assert client.get(token["api_url"]).status_code == 404


def test_a_token_may_be_of_one_revision(client, maya, things):
    page = things["page"]
    first = page.revisions.order_by("pk").first()
    token = made(maya, "page", page, revision=first.pk)
    assert client.get(token["api_url"], {"preview": token["token"]}).json()["title"] == "About"
    foreign = things["category"].latest_revision.pk
    refused = client_of(maya).post(PREVIEW, {"kind": "page", "id": page.pk, "revision": foreign}, "json")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["revision"])


def test_a_token_runs_out_and_opens_nothing_else(client, maya, things, settings):
    token = made(maya, "page", things["page"])["token"]
    address = f"/api/pages/{things['page'].pk}/"
    other = f"/api/category/{things['category'].pk}/"
    forged = signing.dumps({"kind": "page", "id": things["page"].pk}, salt="shop.preview", key="another key" * 5)
    for path, wrong in ((other, token), ("/api/pages/2/", token), (address, token[:-2] + "xx"), (address, "x"),
                        (address, "é\0"), (address, forged), (address, signing.dumps([1], salt="shop.preview"))):  # fmt: skip
        answer = client.get(path, {"preview": wrong})
        assert (answer.status_code, answer.json()["code"]) == (403, "preview_refused"), (path, wrong)
    assert client.get(PREVIEW).status_code == 403
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.PREVIEW_TOKEN_SECONDS + 5)):
        over = client.get(address, {"preview": token})
    assert (over.status_code, over.json()["code"]) == (403, "preview_over")


@pytest.mark.parametrize("loss", ["disabled", "role"])
def test_who_lost_the_right_to_edit_shows_nothing_any_more(client, maya, things, loss):
    tokens = [made(maya, kind, thing) for kind, thing in things.items()]
    if loss == "disabled":
        maya.is_active = False
        maya.save()
    else:
        maya.groups.clear()
    for token in tokens:
        assert client.get(token["api_url"], {"preview": token["token"]}).status_code == 403
        assert client.get(PREVIEW, {"preview": token["token"]}).status_code == 403


@pytest.mark.parametrize("role", ["customer", "support", "vendor"])
def test_only_who_may_edit_gets_a_token(things, role):
    ensure_roles()
    GroupPagePermission.objects.all().delete()
    user = make_user(role=role) if role != "customer" else make_user()
    for kind, thing in things.items():
        answer = client_of(user).post(PREVIEW, {"kind": kind, "id": thing.pk}, "json")
        assert answer.status_code == 404, kind
    assert APIClient().post(PREVIEW, {"kind": "page", "id": 1}, "json").status_code == 401


@pytest.mark.parametrize(
    "body", [{}, {"kind": "user", "id": 1}, {"kind": "page", "id": 0}, {"kind": "page", "id": "x"},
             {"kind": "page", "id": 1, "lang": "xx"}, {"kind": "page", "id": 1, "revision": -1}],
)  # fmt: skip
def test_bad_wishes_are_named(maya, body):
    assert client_of(maya).post(PREVIEW, body, "json").status_code == 400
    assert client_of(maya).post(PREVIEW, {"kind": "page", "id": 10**12}, "json").status_code == 404


def preview_in_app(thing, client=None):
    """As Wagtail's admin previews: a request of its own, with the editor's cookies."""
    cookies = {"HTTP_COOKIE": client.cookies.output(header="", attrs=[]).strip()} if client else {}
    return thing.make_preview_request(RequestFactory().get("/", **cookies), "app")


@pytest.mark.parametrize("kind", ["page", "category", "product"])
def test_the_admin_opens_the_draft_in_the_app(client, maya, things, kind):
    thing = things[kind]
    shown = thing.contents.get(is_source=True) if kind == "product" else thing
    assert preview_in_app(shown).status_code == 403  # nobody is signed in
    client.force_login(maya)
    answer = preview_in_app(shown, client)
    assert answer.status_code == 302 and answer.headers["X-Robots-Tag"].startswith("noindex")
    token = unquote(answer.headers["Location"].removeprefix("/app/preview/?token="))
    told = client.get(PREVIEW, {"preview": token}).json()
    assert (told["kind"], told["id"]) == (kind, thing.pk) and told["title"].endswith(", new")


def test_a_page_that_is_not_saved_yet_says_so(client, maya, homes):
    client.force_login(maya)
    answer = preview_in_app(ContentPage(title="New", slug="new", locale=homes["en"].locale), client)
    assert answer.status_code == 200 and "Save the draft first" in answer.content.decode()


def test_without_an_address_of_a_client_there_is_no_such_mode(things, settings):
    assert [name for name, _label in things["page"].preview_modes] == ["", "app"]
    settings.HEADLESS_PREVIEW_URL = ""
    assert [name for name, _label in things["page"].preview_modes] == [""]
