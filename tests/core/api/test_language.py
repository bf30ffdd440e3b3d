"""The API speaks the language that it was asked in, from the first middleware to the last refusal."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from shop.core.api.language import locale_of
from tests.factories.catalog import make_product
from tests.factories.people import client_of, make_user

HINDI = {"Accept-Language": "hi"}
ONLY_WHOLE = "1 से 100 तक की संख्या।"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_threads_own_language():
    with translation.override("en"):
        yield


def _words(answer) -> str:
    body = answer.json()
    return f"{body['detail']} {body.get('errors', '')}"


def _refusals(client):
    """One of each way through the house: view, exception handler, short way, nowhere, before any view."""
    wrong = {"username": "ravi", "password": "no"}
    yield "use case", lambda **asked: client.post("/api/self/", wrong, content_type="application/json", **asked)
    yield "serializer", lambda **asked: client.post("/api/self/", {}, content_type="application/json", **asked)
    yield "signed in", lambda **asked: client_of(make_user()).get("/api/order/9/", **asked)
    yield "short way", lambda **asked: client.get("/api/product/9/", **asked)
    yield "a bad parameter", lambda **asked: client.get("/api/product/", {"page_size": "x"}, **asked)
    yield "nowhere", lambda **asked: client.get("/api/nowhere/", **asked)


def test_every_refusal_in_the_language_that_was_asked_for(client):
    for way, call in _refusals(client):
        for asked, spoken in ((HINDI, "hi"), ({"Accept-Language": "fr, hi-IN;q=0.5, en;q=0.1"}, "hi"), ({}, "en")):
            answer = call(headers=asked)
            assert 400 <= answer.status_code < 500
            assert answer.headers["Content-Language"] == spoken, way
            assert "Accept-Language" in answer.headers["Vary"], way
            in_hindi = any("\u0900" <= letter <= "\u097f" for letter in _words(answer))
            assert in_hindi == (spoken == "hi"), (way, asked, _words(answer))


def test_the_parameter_wins_and_no_cookie_has_a_say(client):
    client.cookies["django_language"] = "hi"
    wrong = {"username": "ravi", "password": "no"}

    def post(path: str, **asked):
        return client.post(path, wrong, content_type="application/json", headers=asked)

    assert post("/api/self/")["Content-Language"] == "en"
    assert post("/api/self/?lang=hi")["Content-Language"] == "hi"
    assert post("/api/self/?lang=en", **HINDI)["Content-Language"] == "en"
    assert post("/api/self/?lang=xx", **HINDI)["Content-Language"] == "hi"


def test_a_read_says_its_language_and_leaves_none_behind(client):
    make_product()
    spoken = [client.get("/api/product/", headers=asked)["Content-Language"] for asked in (HINDI, {}, HINDI)]
    assert spoken == ["hi", "en", "hi"]
    assert client.get("/account/login/")["Content-Language"] == "en"


def test_who_signs_up_is_written_to_in_their_language(client):
    typed = {"email": "nisha@example.com", "password": "jasmine-Kettle-88"}
    client.post("/api/users/", typed, content_type="application/json", headers=HINDI)
    from shop.accounts.models import User

    assert User.objects.get(email="nisha@example.com").locale == "hi"


@pytest.mark.parametrize("accepted", ["", "*", "hi-IN", "x" * 5000, "hi;q=ten", ",,;", "हिन्दी"])
def test_whatever_is_accepted_a_language_of_the_shop_is_spoken(accepted):
    request = RequestFactory().get("/api/cart/", headers={"Accept-Language": accepted})
    request.user = AnonymousUser()
    assert locale_of(request) == ("hi" if accepted == "hi-IN" else "en")
