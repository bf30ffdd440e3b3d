"""Corpora in addresses and headers: no SQL is made of them, no header, and nobody is led to another shop."""

from __future__ import annotations

import time
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection

from tests.corpora.vectors import vectors
from tests.factories.catalog import make_product
from tests.factories.orders import make_order
from tests.factories.people import PASSWORD, client_of, make_user
from tests.factories.staff import browser_of
from tests.oidc import oidc  # noqa: F401

READS = ("/api/product/", "/api/category/", "/api/review/", "/api/order/", "/api/users/", "/api/inventory/", "/search/",
         "/api/product/suggest/", "/admin/customers/", "/admin/snippets/order/order/", "/admin/snippets/reviews/review/")  # fmt: skip
ASKED = ("q", "ordering", "brand", "min_price", "status", "search", "sku", "attr_size", "lang")


def test_no_statement_is_made_of_what_was_asked(db):
    """Not by its answer: by what the database was sent. A text stands in the parameters, never in the statement."""
    make_product("Chai mug")
    office, said = browser_of("admin"), []
    program = client_of(office.user)

    def watch(execute, sql, params, many, context):
        said.append(str(sql))
        return execute(sql, params, many, context)

    began = time.monotonic()
    with connection.execute_wrapper(watch):
        for text in vectors("sql"):
            for path in READS:
                client = program if path.startswith("/api/") else office
                said.clear()
                for query in ({"q": text}, {name: text for name in ASKED if name != "q"}):
                    assert client.get(path, query).status_code < 500, (path, text)
                assert not [sql for sql in said if text in sql], (path, text)
    assert time.monotonic() - began < 60  # none of them slept


@pytest.fixture
def user(db):
    return make_user("asha")


def leads_away(location: str) -> bool:
    """As a browser reads it: control characters go, a backslash is a slash."""
    read = "".join(letter for letter in location.strip() if letter > " ").replace("\\", "/")
    target = urlsplit(urljoin("http://testserver/", read))
    return (target.scheme, target.netloc) != ("http", "testserver")


@pytest.mark.parametrize("place", ["/account/login/", "/preferences/", "/privacy/choices/", "/account/logout/"])
def test_nobody_is_led_elsewhere(client, user, place):
    body = {"username": "asha", "password": PASSWORD, "currency": "INR", "given": "no"}
    for target in (*vectors("redirect"), *vectors("header")):
        for answer in (client.post(place, body | {"next": target}), client.get(place, {"next": target})):
            assert answer.status_code < 500, target
            assert not leads_away(answer.get("Location", "/")), (target, answer["Location"])
            assert "zhead" not in answer.cookies and not [value for value in answer.headers.values() if "\n" in value]
    assert client.post(place, body | {"next": "/help/"}).status_code in (302, 303)


def test_a_payment_leads_back_to_no_other_shop(user):
    """What a client names to come back to, at every door that begins a payment."""
    client, order = client_of(user), make_order(user=user)
    for door in ("start", "create-stripe-session"):
        for target in (*vectors("redirect"), *vectors("header")):
            answer = client.post(f"/api/payment/{door}/", {"order_id": order.pk, "return_url": target})
            assert (answer.status_code, list(answer.json()["errors"])) == (400, ["return_url"]), (door, target)


def test_another_service_leads_back_to_no_other_shop(client, db, oidc):  # noqa: F811
    """What is kept while somebody is away at the service they sign in with, and where a program gets its code."""
    for target in (*vectors("redirect"), *vectors("header")):
        away = client.get("/account/with/own/", {"next": target})
        assert away.status_code == 302 and away.url.startswith(oidc.address), target
        kept = [state[0]["data"].get("next") for state in client.session["socialaccount_states"].values()]
        assert not [one for one in kept if leads_away(one or "/")], target
        told = client.get("/account/with/own/", {"return": target, "code_challenge": "v" * 43})
        assert told.status_code == 404 or not leads_away(target), target


def test_headers_of_requests_make_none_of_answers(client, db):
    for text in vectors("header"):
        sent = "".join(letter for letter in text if letter not in "\r\n").encode().decode("latin-1")
        answer = client.get("/api/cart/", headers={"X-Cart-Token": sent, "Accept-Language": sent, "Traceparent": sent})
        assert answer.status_code < 500 and "zhead" not in str(answer.headers.values())
        assert client.get("/api/product/", {"lang": text, "currency": text}).status_code < 500
