"""Where somebody is signed in, and how they sign out there: browsers and programs in one list."""

import time

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from shop.accounts.models import SignIn
from shop.accounts.user_agents import coarse, device_of
from tests.factories.people import PASSWORD, JSONClient, client_of

URL = "/api/self/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PIXEL = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36"
)


def open_browser(agent: str = FIREFOX, address: str = "203.0.113.77") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    assert client.post("/account/login/", {"username": "asha", "password": PASSWORD}).status_code == 302
    return client


def open_app() -> JSONClient:
    client = JSONClient(headers={"user-agent": "okhttp/5.1"}, REMOTE_ADDR="2001:db8:aaaa:bbbb::1")
    told = client.post("/api/self/", {"username": "asha", "password": PASSWORD}).json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {told['access']}")
    client.refresh = told["refresh"]
    return client


def is_in(client: Client) -> bool:
    return client.get("/api/self/").status_code == 200


@pytest.fixture
def browser(asha) -> Client:
    return open_browser()


@pytest.fixture
def app(asha) -> JSONClient:
    return open_app()


def test_both_kinds_stand_in_the_list(browser, app, django_assert_num_queries):
    with django_assert_num_queries(2):  # the caller; the rows with their count
        rows = app.get(URL).json()["results"]
    assert [(row["kind"], row["device"], row["network"], row["is_current"]) for row in rows] == [
        ("app", "okhttp", "2001:db8:aaaa::/48", True), ("browser", "Firefox, Windows", "203.0.113.0/24", False),
    ]  # fmt: skip
    assert [row["is_current"] for row in browser.get(URL).json()["results"]] == [False, True]
    assert set(rows[0]) == {"id", "kind", "device", "network", "created_at", "last_used_at", "is_current"}


def test_nobody_elses(app, ravi):
    assert [row["kind"] for row in client_of(ravi).get(URL).json()["results"]] == ["app"]
    theirs = SignIn.objects.get(user=ravi)
    assert app.delete(f"{URL}{theirs.pk}/").status_code == app.delete(f"{URL}999999/").status_code == 404
    assert SignIn.objects.filter(pk=theirs.pk).exists()
    app.delete(URL)
    assert SignIn.objects.filter(pk=theirs.pk).exists()
    assert Session.objects.filter(pk=theirs.session_key).exists()
    assert JSONClient().get(URL).status_code == JSONClient().delete(URL).status_code == 401


@pytest.mark.parametrize("engine", ["db", "cached_db"])
def test_signing_out_one_device(asha, settings, engine):
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
    browser, app = open_browser(), open_app()
    pk = SignIn.objects.get(kind="browser").pk
    assert is_in(browser)
    assert app.delete(f"{URL}{pk}/").status_code == 204
    assert not is_in(browser)
    assert is_in(app)
    assert app.delete(f"{URL}{pk}/").status_code == 404
    browser = open_browser()
    assert browser.delete(f"{URL}{SignIn.objects.get(kind='app').pk}/").status_code == 204
    assert not is_in(app)
    assert JSONClient().post("/api/self/refresh/", {"refresh": app.refresh}).status_code == 401


def test_everywhere_else_from_a_program(browser, app, asha):
    unlisted = Client()
    unlisted.force_login(asha)
    assert app.delete(URL).status_code == 204
    assert (is_in(app), is_in(browser), is_in(unlisted)) == (True, False, False)
    assert len(app.get(URL).json()["results"]) == SignIn.objects.count() == 1
    assert JSONClient().post("/api/self/refresh/", {"refresh": app.refresh}).status_code == 200


def test_everywhere_else_from_a_browser(browser, app):
    other = open_browser(PIXEL)
    assert browser.delete(URL).status_code == 204
    assert (is_in(browser), is_in(other), is_in(app)) == (True, False, False)
    assert [row["device"] for row in browser.get(URL).json()["results"]] == ["Firefox, Windows"]


def test_writing_needs_the_csrf_token(asha):
    client = Client(enforce_csrf_checks=True)
    client.force_login(asha)
    assert client.delete(URL).status_code == 403


def test_what_has_ended_is_not_in_the_list(browser, app, asha):
    gone = open_app()
    gone.post("/api/self/logout/", {"refresh": gone.refresh})
    open_browser(PIXEL).post("/account/logout/")
    assert len(app.get(URL).json()["results"]) == 2
    browser.post("/account/password/", {"old_password": PASSWORD, "new_password": "another long one"})
    rows = browser.get(URL).json()["results"]
    assert [(row["device"], row["is_current"]) for row in rows] == [("Firefox, Windows", True)]
    with time_machine.travel(time.time() + 31 * 86400):
        assert client_of(type(asha).objects.get()).get(URL).json()["count"] == 1


def test_use_is_noted_now_and_then(browser, app, django_assert_num_queries):
    first = SignIn.objects.get(kind="browser").last_used_at
    with django_assert_num_queries(4):  # session, user, groups, pending address: nothing to note yet
        browser.get("/api/self/")
    with time_machine.travel(time.time() + 16 * 60):
        browser.get("/api/self/")
        JSONClient().post("/api/self/refresh/", {"refresh": app.refresh})
    assert all((row.last_used_at - first).total_seconds() > 900 for row in SignIn.objects.all())


def test_the_page_shows_them_and_signs_out(browser, app, django_assert_num_queries):
    browser.get("/account/security/devices/")  # the frame of all pages is kept from now on
    with django_assert_num_queries(3):  # session, user, rows
        page = browser.get("/account/security/devices/")
    assert [row.device for row in page.context["rows"]] == ["okhttp", "Firefox, Windows"]
    pk = SignIn.objects.get(kind="app").pk
    assert browser.get(f"/account/security/devices/{pk}/end/").status_code == 405
    assert browser.post(f"/account/security/devices/{pk}/end/").url == "/account/security/devices/"
    assert not is_in(app)
    assert browser.post(f"/account/security/devices/{pk}/end/").status_code == 404
    other = open_browser(PIXEL)
    assert browser.post("/account/security/devices/end-others/").url == "/account/security/devices/"
    assert (is_in(browser), is_in(other)) == (True, False)


@pytest.mark.parametrize(
    ("agent", "device"),
    [(FIREFOX, "Firefox, Windows"), (PIXEL, "Chrome, Android"), ("", ""), ("<script>", ""),
     ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1", "Safari, iPhone"),
     ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge, Mac")],
)  # fmt: skip
def test_devices_in_words(agent, device):
    assert device_of(agent) == device


def test_addresses_without_their_last_part():
    assert [coarse(a) for a in ("203.0.113.77", "2001:db8:1:2::/64", "", "x")] == [
        "203.0.113.0/24",
        "2001:db8:1::/48",
        "",
        "",
    ]
