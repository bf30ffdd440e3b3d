import gzip
import time

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory

from catalog.listing import surrogates
from catalog.storefront import page_cache
from catalog.storefront.page_cache import Kept, PageCache, Store, keep, key_of
from tests.factories.catalog import make_category, make_product


class View:
    """A page that says how often it was made."""

    def __init__(self, keys=("cat-1",), status=200):
        self.made, self.keys, self.status = 0, keys, status

    def __call__(self, request):
        self.made += 1
        content = f"made {self.made}"
        response = HttpResponse(content, status=self.status, headers={"Content-Length": len(content)})
        return keep(response, self.keys) if self.keys else response


@pytest.fixture
def view():
    return View()


@pytest.fixture
def ask(view):
    middleware = PageCache(view)
    factory = RequestFactory()

    def call(path="/shelf/", **headers):
        return middleware(factory.get(path, headers=headers))

    return call


def test_a_page_is_made_once(ask, view):
    first, second = ask(), ask()
    assert (first.content, second.content, view.made) == (b"made 1", b"made 1", 1)
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Surrogate-Key"] == "cat-1"
    assert "Cookie" in second.headers["Vary"]


def test_the_same_page_is_not_sent_again(ask):
    tag = ask().headers["ETag"]
    known = ask(**{"If-None-Match": tag})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", tag)


def test_it_is_compressed_for_those_who_ask(ask):
    plain, packed = ask(), ask(**{"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers and plain.content == b"made 1"
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.content) == b"made 1"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert "Accept-Encoding" in plain.headers["Vary"] and plain.headers["ETag"] == packed.headers["ETag"]
    assert plain.headers["ETag"].startswith("W/")  # one tag for two encodings may only be a weak one


@pytest.mark.parametrize("key", ["cat-1"])
def test_a_bump_makes_it_stale(ask, view, key):
    ask()
    surrogates._bump_now(["cat-2"])
    assert ask().content == b"made 1"
    surrogates._bump_now([key])
    assert ask().content == b"made 2"
    assert view.made == 2


def test_a_lost_version_counts_as_bumped(ask):
    ask()
    cache.clear()
    assert ask().content == b"made 2"


def test_a_bump_while_the_page_is_made_keeps_it_out(ask, view, monkeypatch):
    def bumped(request):
        surrogates._bump_now(["cat-1"])
        return view(request)

    middleware = PageCache(bumped)
    request = RequestFactory().get("/shelf/")
    assert [middleware(request).content, middleware(request).content] == [b"made 1", b"made 2"]


def test_a_minute_is_all_it_lives(ask, monkeypatch):
    ask()
    now = time.monotonic()
    monkeypatch.setattr(page_cache.time, "monotonic", lambda: now + page_cache.SECONDS + 1)
    assert ask().content == b"made 2"


def test_parameters_in_any_order_are_one_page(ask, view):
    ask("/shelf/?page=2&ordering=price")
    assert ask("/shelf/?ordering=price&page=2").content == b"made 1"
    assert ask("/shelf/?ordering=price&page=3").content == b"made 2"
    assert ask("/shelf/?ordering=price&page=2&utm_source=mail&gclid=1").content == b"made 1"
    assert ask("/shelf/?brand=a&brand=b").content != ask("/shelf/?brand=b&brand=a&brand=c").content


def test_tracking_parameters_do_not_reach_the_page():
    request = RequestFactory().get("/shelf/?utm_source=mail&page=2")
    key_of(request)
    assert dict(request.GET.lists()) == {"page": ["2"]}


@pytest.mark.parametrize(
    ("path", "cookie"), [("/shelf/?pincode=560001", ""), ("/shelf/?anything=1", ""), ("/shelf/", "messages=hello")]
)
def test_what_is_never_kept(ask, view, path, cookie):
    ask(path, **{"Cookie": cookie})
    ask(path, **{"Cookie": cookie})
    assert view.made == 2


def test_each_currency_has_its_page(ask):
    assert ask(Cookie="currency=USD").content != ask().content
    assert ask(Cookie="currency=junk; sessionid=1").content != ask(Cookie="currency=USD").content


@pytest.mark.parametrize("view", [View(keys=None), View(status=404)])
def test_pages_that_did_not_opt_in_or_failed_are_not_kept(view):
    middleware = PageCache(view)
    for _ in range(2):
        middleware(RequestFactory().get("/shelf/"))
    assert view.made == 2


def test_a_page_that_sets_a_cookie_is_not_kept(view):
    def with_cookie(request):
        response = view(request)
        response.set_cookie("a", "b")
        return response

    middleware = PageCache(with_cookie)
    assert [middleware(RequestFactory().get("/")).content for _ in range(2)] == [b"made 1", b"made 2"]


def test_posts_are_not_looked_up():
    assert key_of(RequestFactory().post("/shelf/")) is None


def test_memory_is_bounded():
    store = Store(max_bytes=100)
    for number in range(5):
        store.put((number,), Kept(b"x" * 30, {}, (), (), 0))
    assert (len(store.pages), store.bytes) == (3, 90)
    assert store.get((0,)) is None
    store.put((4,), Kept(b"y", {}, (), (), 0))
    assert store.bytes == 61


def test_other_processes_hear_of_a_bump(ask, monkeypatch):
    """Another process of the machine has its own memory; it only appends to the log."""
    ask()
    surrogates._append_to_log(["cat-1"])
    assert ask().content == b"made 2"


def test_a_publish_is_seen_at_once(own_database):
    """From the read model to the page, over real commits."""
    table = make_category("Table", slug="table")
    core = make_product("Old name", categories=[table])
    client = Client()
    assert "Old name" in client.get("/table/").content.decode()
    core.contents.update(title="New name")
    assert "Old name" in client.get("/table/").content.decode(), "kept: nobody was told"
    from catalog.listing.services.refresh import refresh

    refresh([core.pk])
    assert "New name" in client.get("/table/").content.decode()
    assert "New name" in client.get(f"/product/piece-{core.pk}/").content.decode()


def test_a_kept_page_costs_no_query(client, db, django_assert_num_queries):
    make_category("Table", slug="table")
    client.get("/table/")
    with django_assert_num_queries(0):
        assert client.get("/table/").status_code == 200
