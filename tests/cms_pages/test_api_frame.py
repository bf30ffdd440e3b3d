"""Menu, footer and facts of the shop, for clients."""

from __future__ import annotations

import json

import pytest
from wagtail.models import Site

from cms_pages.models import Frame, ShopSettings
from tests.cms_pages.conftest import holds
from tests.factories.catalog import language, make_category

pytestmark = pytest.mark.django_db
NAVIGATION, SETTINGS = "/api/navigation/", "/api/settings/"


def stream(kind, *values):
    return json.dumps([{"type": kind, "value": value, "id": str(number)} for number, value in enumerate(values)])


@pytest.fixture
def frame(homes):
    mugs = make_category("Mugs", slug="mugs", parent=homes["en"])
    link = {"text": "Mugs", "page": mugs.pk}
    frame = Frame(
        locale=language("en"), notices=stream("notice", "Free delivery"), footer_lead="Made by hand",
        navigation=stream("link", link, {"text": "New", "address": "/search/"}, {"text": "Gone", "page": 10**9}),
        columns=stream("column", {"title": "Shop", "links": [link]}), legal=stream("link", {"text": "Terms", "address": "https://x.example/"}),
    )  # fmt: skip
    frame.save()
    frame.save_revision().publish()
    return frame


def test_navigation(client, frame, components, django_assert_num_queries, django_capture_on_commit_callbacks):
    answer = client.get(NAVIGATION)
    shown = answer.json()
    holds(components, "Navigation", shown)
    assert shown["notices"] == ["Free delivery"] and shown["footer"]["lead"] == "Made by hand"
    assert [(link["text"], link["url"], link["kind"]) for link in shown["navigation"]] == [
        ("Mugs", "/mugs/", "category"), ("New", "/search/", "address")]  # fmt: skip
    assert shown["footer"]["columns"][0]["links"][0]["kind"] == "category"
    assert shown["footer"]["legal"][0]["kind"] == "external"
    assert client.get(NAVIGATION, {"lang": "hi"}).json()["navigation"][1]["url"] == "/hi/search/"
    with django_assert_num_queries(0):
        assert client.get(NAVIGATION, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    frame.notices = stream("notice", "New glazes")
    with django_capture_on_commit_callbacks(execute=True):
        frame.save_revision().publish()
    assert client.get(NAVIGATION).json()["notices"] == ["New glazes"]


def test_without_a_frame_there_is_an_empty_one(client, homes, components):
    holds(components, "Navigation", client.get(NAVIGATION).json())


def test_settings(client, homes, components, settings, django_capture_on_commit_callbacks):
    details = ShopSettings.for_site(Site.objects.get(is_default_site=True))
    first = client.get(SETTINGS).json()
    holds(components, "Settings", first)
    with django_capture_on_commit_callbacks(execute=True):
        details.name, details.contact_email = "Osari", "care@osari.example"
        details.save()
    shown = client.get(SETTINGS, {"lang": "hi"}).json()
    assert shown["contact"] == {"name": "Osari", "email": "care@osari.example", "phone": ""}
    assert [(one["code"], one["digits"]) for one in shown["currencies"]] == [("INR", 2), ("USD", 2)]
    assert [(one["code"], one["prefix"]) for one in shown["languages"]] == [("en", ""), ("hi", "/hi")]
    assert {"cod", "razorpay"} <= {one["code"] for one in shown["payment_methods"]}
    assert shown["return_window_days"] == settings.RETURN_WINDOW_DAYS
    assert "KEY" not in json.dumps(shown).upper()
