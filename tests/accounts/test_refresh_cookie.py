"""The refresh token of a browser: in a cookie that no script reads and no other site's page has sent."""

import time

import pytest
import time_machine
from django.contrib.sessions.models import Session

from tests.factories.people import PASSWORD, JSONClient, make_user
from tests.threads import at_once

SELF, REFRESH, LOGOUT = "/api/self/", "/api/self/refresh/", "/api/self/logout/"


def sign_in(client, **more):
    return client.post(SELF, {"username": "asha", "password": PASSWORD, "cookie": True}, **more)


@pytest.fixture
def browser(asha) -> JSONClient:
    client = JSONClient()
    assert sign_in(client).status_code == 200
    return client


def works(access: str) -> bool:
    client = JSONClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return client.get(SELF).status_code == 200


@pytest.mark.parametrize(("secure", "name"), [(False, "refresh"), (True, "__Secure-refresh")])
def test_it_stands_in_the_cookie_and_in_no_body(guest, asha, secure, name):
    answer = sign_in(guest, secure=secure)
    assert set(answer.json()) == {"token", "access", "user"}
    cookie = answer.cookies[name]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/api/self/")
    assert (bool(cookie["secure"]), cookie["max-age"]) == (secure, 14 * 86400)
    assert cookie.value not in answer.content.decode()


def test_without_being_asked_for_there_is_none(guest, asha):
    answer = guest.post(SELF, {"username": "asha", "password": PASSWORD})
    assert not answer.cookies
    assert answer.json()["refresh"]


def test_it_renews_and_rotates(browser):
    before = browser.cookies["refresh"].value
    answer = browser.post(REFRESH)
    assert (answer.status_code, set(answer.json())) == (200, {"token", "access"})
    assert works(answer.json()["access"])
    assert browser.cookies["refresh"].value not in ("", before)


def test_two_windows_at_once_stay_signed_in(own_database):
    make_user("asha")
    client = JSONClient()
    token = sign_in(client).cookies["refresh"].value

    def renew():
        window = JSONClient()
        window.cookies["refresh"] = token
        return window.post(REFRESH)

    answers = at_once([renew] * 3)
    assert [answer.status_code for answer in answers] == [200] * 3
    assert all(works(answer.json()["access"]) for answer in answers)
    (winner,) = [answer.cookies["refresh"].value for answer in answers if answer.cookies]
    client.cookies["refresh"] = winner
    assert client.post(REFRESH).status_code == 200


def test_after_the_grace_a_used_one_ends_the_family(browser):
    old = browser.cookies["refresh"].value
    access = browser.post(REFRESH).json()["access"]
    browser.cookies["refresh"] = old
    with time_machine.travel(time.time() + 11):
        assert browser.post(REFRESH).json()["code"] == "token_invalid"
    assert not works(access)
    assert not Session.objects.exists()


def test_the_grace_is_for_the_cookie_alone(browser):
    old = browser.cookies["refresh"].value
    browser.post(REFRESH)
    assert JSONClient().post(REFRESH, {"refresh": old}).status_code == 401
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"},
     {"HTTP_SEC_FETCH_SITE": "same-site"}, {"HTTP_REFERER": "https://evil.example/"}],
)  # fmt: skip
def test_another_sites_page_renews_and_ends_nothing(browser, headers):
    before = browser.cookies["refresh"].value
    for url in (REFRESH, LOGOUT):
        answer = browser.post(url, **headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_from_here")
    assert sign_in(JSONClient(), **headers).status_code == 403
    assert browser.cookies["refresh"].value == before
    assert browser.post(REFRESH, HTTP_ORIGIN="http://testserver", HTTP_SEC_FETCH_SITE="same-origin").status_code == 200


def test_signing_out_ends_it_and_clears_the_cookie(browser):
    access = browser.post(REFRESH).json()["access"]
    answer = browser.post(LOGOUT)
    assert (answer.status_code, answer.cookies["refresh"].value, answer.cookies["refresh"]["path"]) == (204, "", "/api/self/")  # fmt: skip
    assert not works(access)
    assert not Session.objects.exists()


@pytest.mark.parametrize("url", [REFRESH, LOGOUT])
def test_with_neither_body_nor_cookie_it_is_missing(guest, db, url):
    answer = guest.post(url)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["refresh"])
