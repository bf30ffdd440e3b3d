"""What every client may count on: conditional reads and changes, sparse fields, cursors, limits, other origins."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from catalog.inventory.models import StockItem
from catalog.product.models import Product
from shop.accounts.limits import SIGN_INS_OF_ADDRESS
from shop.accounts.models import User
from shop.core import limits
from tests.factories.catalog import make_category, make_product, translate
from tests.factories.orders import make_order
from tests.factories.people import HOME, client_of, make_address, make_user
from tests.factories.products import make_product as publish_product
from tests.factories.variants import make_variant
from tests.threads import at_once

STALE = '"0123456789abcdef01234567"'


@pytest.fixture
def boss(db):
    return client_of(make_user("boss", role="admin"))


# --- If-Match --------------------------------------------------------------------------------------------------------
def _address(boss) -> tuple[str, dict]:
    me = make_user("asha")
    boss.credentials(HTTP_AUTHORIZATION=client_of(me)._credentials["HTTP_AUTHORIZATION"])
    return f"/api/address/{make_address(me).pk}/", {"city": "Bangalore"}


THINGS = {
    "product": lambda _: (f"/api/product/{publish_product().core_id}/", {"name": "Cup"}),
    "category": lambda _: (f"/api/category/{make_category().pk}/", {"name": "Cups"}),
    "inventory": lambda _: (f"/api/inventory/{StockItem.objects.get(variant=make_variant()).pk}/", {"threshold": 3}),
    "person": lambda _: (f"/api/users/{make_user('ravi').pk}/", {"role": "support"}),
    "address": _address,
}


@pytest.mark.parametrize("kind", THINGS)
def test_a_change_of_what_was_changed_since_is_refused(boss, kind):
    path, change = THINGS[kind](boss)
    seen = boss.get(path)
    refused = boss.patch(path, change, headers={"If-Match": STALE})
    assert (refused.status_code, refused.json()["code"]) == (412, "precondition_failed")
    assert boss.delete(path, headers={"If-Match": f"W/{STALE}"}).status_code == 412
    assert boss.get(path).content == seen.content
    done = boss.patch(path, change, headers={"If-Match": f"{STALE}, {seen['ETag']}"})
    assert done.status_code == 200, done.content
    assert boss.patch(path, change, headers={"If-Match": seen["ETag"]}).status_code == 412
    assert boss.patch(path, change, headers={"If-Match": "*"}).status_code == 200
    if kind != "category":  # its shelf follows the commit: read it again
        assert done["ETag"] == boss.get(path)["ETag"]


def test_a_tag_holds_while_nothing_changes(boss):
    """However the rows lie in the table: what is written anew lies behind the others."""
    core = publish_product().core
    translate(core, "मग")
    path = f"/api/product/{core.pk}/"
    seen = boss.get(path)
    assert list(seen.json()["languages"]) == ["en", "hi"]
    Product.objects.filter(core=core, is_source=True).update(title=F("title"))
    Locale.objects.filter(language_code="en").update(language_code="en")
    with connection.cursor() as cursor:  # read the tables as they lie
        for way in ("indexscan", "indexonlyscan", "bitmapscan", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    done = boss.patch(path, {"slug": seen.json()["slug"]}, headers={"If-Match": seen["ETag"]})
    assert (done.status_code, done["ETag"]) == (200, seen["ETag"])


def test_of_two_who_saw_the_same_one_changes_it(own_database):
    boss = make_user("boss", role="admin")
    item = StockItem.objects.get(variant=make_variant(stock=5))
    path, client = f"/api/inventory/{item.pk}/", client_of(boss)
    tag = client.get(path)["ETag"]

    def count(units: int) -> int:
        return client_of(boss).patch(path, {"quantity": units}, headers={"If-Match": tag}).status_code

    assert sorted(at_once([lambda units=units: count(units) for units in (7, 8, 9)])) == [200, 412, 412]


def test_the_tag_of_a_packed_answer_serves_too(boss, settings):
    """As browsers and most programs read: what packs the answer on its way makes its tag a weak one."""
    settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]
    path, change = THINGS["product"](boss)
    seen = boss.get(path, headers={"Accept-Encoding": "gzip"})
    assert seen["ETag"].startswith('W/"') and seen["Content-Encoding"] == "gzip"
    assert boss.patch(path, change, headers={"If-Match": seen["ETag"]}).status_code == 200
    assert boss.patch(path, change, headers={"If-Match": seen["ETag"]}).status_code == 412


def test_the_tag_of_xml_serves_too(boss):
    path, change = THINGS["inventory"](boss)
    tag = boss.get(path, headers={"Accept": "application/xml"})["ETag"]
    assert tag.endswith('-xml"') and tag != boss.get(path)["ETag"]
    assert boss.patch(path, change, headers={"If-Match": tag}).status_code == 200


# --- conditional reads -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/api/inventory/", "/api/product/", "/api/category/", "/api/product/suggest/?q=mug"])
def test_what_a_client_has_is_not_sent_again(boss, path):
    make_product("Mug")
    first = boss.get(path)
    again = boss.get(path, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert "Cache-Control" in again and "Content-Type" not in again


def test_what_nobody_may_keep_has_no_tag(client, db):
    answer = client.get("/api/cart/")
    assert "no-store" in answer["Cache-Control"] and "ETag" not in answer


# --- sparse fields ---------------------------------------------------------------------------------------------------
def test_only_the_members_that_were_asked_for(boss):
    shelf = make_category()
    product, order = make_product("Mug", categories=[shelf]), make_order()
    for path in ("/api/product/", f"/api/product/category/{shelf.pk}/", "/api/category/", "/api/order/?all=true"):
        answer = boss.get(
            path,
            {**({"all": "true"} if "order" in path else {}), "fields": "id,url" if "order" not in path else "id,total"},
        )
        assert answer.status_code == 200, answer.content
        assert {frozenset(one) for one in answer.json()["results"]} == {
            frozenset({"id", "total" if "order" in path else "url"})
        }
        assert answer.json()["count"] == 1
    assert set(boss.get(f"/api/product/{product.pk}/?fields=id,variants").json()) == {"id", "variants"}
    assert set(boss.get(f"/api/order/{order.pk}/?fields=number").json()) == {"number"}


@pytest.mark.parametrize("path", ["/api/product/", "/api/category/", "/api/order/"])
@pytest.mark.parametrize("fields", ["id,secret", "", "password_hash\x00"])
def test_an_unknown_member_is_named(client, db, path, fields):
    answer = client.get(path, {"fields": fields})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["fields"])


EVERYWHERE = {
    "/api/address/": "city", "/api/address/default/": "city", "/api/users/": "email", "/api/self/": "email",
    "/api/self/sessions/": "kind", "/api/notification/": "subject", "/api/wishlist/": "product_id",
    "/api/cart/": "total", "/api/sitemap/": "path", "/api/redirects/": "location", "/api/settings/": "name",
    "/api/product/{product}/reviews/": "rating", "/api/review/": "rating", "/api/review/?mine=true": "rating",
    "/api/inventory/": "sku", "/api/self/store-credit/": "balance", "/api/recently-viewed/": "id",
    "/api/product/suggest/?q=mug": "queries",
}  # fmt: skip


def test_sparse_fields_at_every_read(boss):
    product = make_product("Mug")
    me = User.objects.get(username="boss")
    make_address(me)
    boss.post("/api/wishlist/", {"product_id": product.pk})
    boss.post("/api/recently-viewed/", {"product_id": product.pk})
    Redirect.add_redirect("/old", "/new/")
    told = 0
    for path, name in EVERYWHERE.items():
        address = path.format(product=product.pk)
        answer = boss.get(f"{address}{'&' if '?' in path else '?'}fields={name}")
        assert answer.status_code == 200, (path, answer.content)
        body = answer.json()
        things = body["results"] if "results" in body else body if isinstance(body, list) else [body]
        assert all(set(thing) == {name} for thing in things), (path, things)
        told += len(things)
        wrong = boss.get(f"{address}{'&' if '?' in path else '?'}fields={name},secret")
        assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["fields"]), path
    assert told >= len(EVERYWHERE) - 4  # notices and reviews: none yet


def test_sparse_fields_in_xml_and_where_there_is_nothing_to_choose(boss):
    xml = {"Accept": "application/xml"}
    assert boss.get("/api/self/?fields=name", headers=xml).content.endswith(b"<root><name>Boss</name></root>")
    refused = boss.get("/api/self/?fields=x", headers=xml)
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+xml")
    assert boss.get("/api/self/export/").status_code == 200
    whole = boss.get("/api/self/export/?fields=profile")
    assert (whole.status_code, list(whole.json()["errors"])) == (400, ["fields"])
    me = User.objects.get(username="boss")
    thing = f"/api/address/{make_address(me).pk}/"
    sparse = boss.get(f"{thing}?fields=id")
    assert boss.patch(thing, {"city": "Mysuru"}, headers={"If-Match": sparse["ETag"]}).status_code == 200


# --- cursors ---------------------------------------------------------------------------------------------------------
def test_a_cursor_goes_to_the_end_while_rows_are_added(boss):
    made = [make_order().pk for _ in range(5)]
    seen, address = [], "/api/order/?all=true&cursor=&page_size=2"
    while address:
        answer = boss.get(address).json()
        seen += [one["id"] for one in answer["results"]]
        assert answer["count"] >= 5
        make_order()
        address = answer["next"]
    assert seen == made[::-1]


@pytest.mark.parametrize("cursor", ["x", "cD1hYmM=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "\x00", "é"])
@pytest.mark.parametrize("path", ["/api/notification/", "/api/order/", "/api/inventory/"])
def test_what_is_no_cursor_is_refused(boss, path, cursor):
    answer = boss.get(path, {"cursor": cursor})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])


@pytest.mark.parametrize(
    "path", ["/api/category/", "/api/sitemap/", "/api/redirects/", "/api/product/{product}/reviews/"]
)
def test_a_list_that_is_read_by_page_has_no_cursor(client, db, path):
    path = path.format(product=make_product("Mug").pk)
    assert client.get(path).status_code == 200
    answer = client.get(path, {"cursor": "", "page_size": 1})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])


# --- limits ----------------------------------------------------------------------------------------------------------
def test_counted_calls_say_what_is_left(client, db, settings):
    settings.RATE_LIMIT_FACTOR = 2 / SIGN_INS_OF_ADDRESS.amount
    body = {"username": "nobody", "password": "whatever it was"}
    answers = [client.post("/api/self/", body, content_type="application/json") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 429, 429]  # one failed try per account is left, too
    name = SIGN_INS_OF_ADDRESS.name
    assert answers[0]["RateLimit-Policy"] == f'"{name}";q=2;w=60'
    assert re.fullmatch(rf'"{name}";r=1;t=\d+', answers[0]["RateLimit"])
    assert int(answers[2]["Retry-After"]) > 0 and f'"{name}";r=0' in answers[2]["RateLimit"]
    assert "RateLimit" not in client.get("/api/cart/")


def test_a_cache_that_is_away_keeps_nobody_out(client, db, monkeypatch):
    monkeypatch.setattr(limits, "_history", lambda *_: 1 / 0)
    answer = client.post("/api/self/", {"username": "x", "password": "y"}, content_type="application/json")
    assert answer.status_code == 401 and "RateLimit" not in answer


# --- other origins ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("origin", "allowed"), [("https://app.example", True), ("https://evil.example", False)])
def test_other_origins(client, db, settings, origin, allowed):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH",
             "Access-Control-Request-Headers": "authorization, if-match, idempotency-key, x-cart-token"}  # fmt: skip
    before, real = client.options("/api/cart/", headers=asked), client.get("/api/category/", headers={"Origin": origin})
    assert (before.get("Access-Control-Allow-Origin") == origin) is allowed
    assert (real.get("Access-Control-Allow-Origin") == origin) is allowed
    if allowed:
        assert {"if-match", "idempotency-key", "x-cart-token"} <= set(
            before["Access-Control-Allow-Headers"].split(", ")
        )
        exposed = set(real["Access-Control-Expose-Headers"].split(", "))
        assert {"ETag", "X-Cart-Token", "Idempotent-Replayed", "Retry-After", "RateLimit"} <= exposed
    assert "Access-Control-Allow-Credentials" not in real  # cookies stay with the site itself


def test_pages_are_for_no_other_origin(client, db, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    assert "Access-Control-Allow-Origin" not in Client().get("/healthz", headers={"Origin": "https://app.example"})


# --- nowhere ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_address_that_nobody_answers_is_a_problem_too(client, db, method):
    answer = getattr(client, method)("/api/nothing/here/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert (
        client.get("/api/nothing/", headers={"Accept": "application/xml"})["Content-Type"] == "application/problem+xml"
    )


@pytest.mark.parametrize(
    "body", [HOME | {"name": 5}, HOME | {"is_default": 1}, HOME | {"city": ["x"]}, HOME | {"street": "\ud800"}]
)
def test_json_is_taken_at_its_word(boss, body):
    answer = boss.post("/api/address/", json.dumps(body), content_type="application/json")
    assert (answer.status_code, len(answer.json()["errors"])) == (400, 1)


def test_a_line_break_in_a_path_leads_to_a_problem_too(client, db):
    answer = client.post("/api/payment/webhook/x%0Ay/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
