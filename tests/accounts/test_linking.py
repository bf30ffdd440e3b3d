"""Linking an account elsewhere to one's own: through the page and through the API, whatever address it has there."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from shop.accounts.errors import OutsideAccountTaken
from shop.accounts.models import Challenge
from shop.accounts.services.link_outside import link_outside
from shop.core.outbox.models import OutboxEvent
from shop.core.tasks.runner import run_everything_due
from tests.accounts.test_outside import CHALLENGE, START, VERIFIER, dance, is_signed_in
from tests.factories.people import PASSWORD, client_of, make_user
from tests.threads import at_once

LINKED = "/api/self/outside/linked/"


@pytest.fixture(autouse=True)
def elsewhere(oidc):
    """Another address there, not even confirmed: a sign-in would be refused."""
    oidc.person |= {"sub": "p-7", "email": "elsewhere@example.com", "email_verified": False}
    return oidc


@pytest.fixture
def browser(client, asha):
    client.force_login(asha)
    page = client.post("/account/security/confirm/", {"password": PASSWORD})
    assert page.status_code in (200, 302)
    return client


def links() -> list[tuple[str, str]]:
    return list(SocialAccount.objects.order_by("pk").values_list("user__username", "uid"))


def way_of(client: Client) -> str:
    """The address that the account's own page names."""
    page = client.get("/account/security/")
    assert [one.id for one in page.context["linkable"]] == ["own"]
    return f"{START}link/{page.context['link_token']}/"


def shown(more: str = "") -> str:
    """The code that a client gets for what was shown in its browser."""
    url = urlsplit(dance(Client(), f"{START}?return=/app/x&code_challenge={CHALLENGE}&link=1{more}").url)
    assert url.path == "/app/x"
    return parse_qs(url.query)["code"][0]


class TestOnThePage:
    @pytest.mark.usefixtures("noon")
    def test_linked_told_and_taken_away(self, browser, asha):
        assert dance(browser, way_of(browser)).url == "/account/security/"
        assert links() == [("asha", "p-7")]
        page = browser.get("/account/security/")
        assert "From now on you can sign in with it." in page.content.decode()
        assert [(one.name, one.linked_at.date()) for one in page.context["linked"]] == [
            ("Own ID", timezone.now().date())
        ]
        assert page.context["linkable"] == []
        run_everything_due()
        assert mail.outbox[0].to == [asha.email]
        other = Client()
        dance(other)
        assert other.session["_auth_user_id"] == str(asha.pk)
        browser.post(f"{START}unlink/")
        assert links() == []

    def test_not_begun_by_somebody_elses_page(self, browser, asha):
        way, ravi = way_of(browser), Client()
        ravi.force_login(make_user("ravi"))
        for address in (f"{START}link/x/", f"{START}link/{way_of(ravi).split('/')[-2]}/", way.replace("own", "other")):
            assert browser.get(address).status_code in (302, 404)
        assert browser.get(f"{START}link/x/").status_code == 404
        assert "/account/login/" in Client().get(way).url
        assert links() == []

    def test_an_old_page_begins_nothing(self, browser):
        way = way_of(browser)
        with time_machine.travel(timezone.now() + timedelta(minutes=14)):
            assert browser.get(way).status_code == 302
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            assert browser.get(way).url.startswith("/account/security/confirm/?next=")

    def test_signed_out_meanwhile(self, browser, asha):
        away = browser.get(way_of(browser))
        back = urlsplit(requests.get(away.url, allow_redirects=False, timeout=5).headers["Location"])
        session = browser.session
        for key in ("_auth_user_id", "_auth_user_backend", "_auth_user_hash"):
            session.pop(key)
        session.save()
        assert browser.get(f"{back.path}?{back.query}").url == "/account/security/"
        assert links() == []
        assert not is_signed_in(browser)

    def test_it_opens_somebody_elses_account_already(self, browser):
        SocialAccount.objects.create(user=make_user("ravi"), provider="own", uid="p-7")
        dance(browser, way_of(browser))
        assert links() == [("ravi", "p-7")]
        assert "cannot be linked" in browser.get("/account/security/").content.decode()


class TestThroughTheAPI:
    def test_linked_listed_and_taken_away(self, asha):
        api = client_of(asha)
        assert api.post(LINKED, {"code": shown(), "code_verifier": VERIFIER}).status_code == 204
        [row] = api.get(LINKED).json()["results"]
        assert (row["id"], row["name"]) == ("own", "Own ID")
        assert row["linked_at"].endswith("Z")
        assert OutboxEvent.objects.filter(name="account.outside_account_linked").count() == 1
        assert api.delete("/api/self/outside/own/").status_code == 204
        assert api.get(LINKED).json()["results"] == []

    def test_ones_own_alone_are_listed(self, asha, guest):
        SocialAccount.objects.create(user=make_user("ravi"), provider="own", uid="p-7")
        SocialAccount.objects.create(user=asha, provider="gone", uid="g-1")
        assert [(row["id"], row["name"]) for row in client_of(asha).get(LINKED).json()["results"]] == [("gone", "gone")]
        assert guest.get(LINKED).status_code == guest.post(LINKED, {}).status_code == 401

    def test_once_and_by_who_began(self, asha):
        api, code = client_of(asha), shown()
        for body in ({"code": code, "code_verifier": "w" * 50}, {"code": "x", "code_verifier": VERIFIER}):
            answer = api.post(LINKED, body)
            assert (answer.status_code, answer.json()["code"]) == (400, "challenge_over")
        assert set(api.post(LINKED, {}).json()["errors"]) == {"code", "code_verifier"}
        assert links() == []
        assert api.post(LINKED, {"code": code, "code_verifier": VERIFIER}).status_code == 204
        assert api.post(LINKED, {"code": code, "code_verifier": VERIFIER}).json()["code"] == "challenge_over"

    def test_the_code_signs_in_to_nothing(self, guest, asha):
        SocialAccount.objects.create(user=asha, provider="own", uid="p-7")
        answer = guest.post("/api/self/outside/", {"code": shown(), "code_verifier": VERIFIER})
        assert (answer.status_code, answer.json()["code"]) == (400, "challenge_over")

    def test_a_code_of_a_sign_in_links_nothing(self, asha, oidc):
        oidc.person |= {"email": "mira@example.com", "email_verified": True}
        url = urlsplit(dance(Client(), f"{START}?return=/app/x&code_challenge={CHALLENGE}").url)
        code = parse_qs(url.query)["code"][0]
        assert (
            client_of(asha).post(LINKED, {"code": code, "code_verifier": VERIFIER}).json()["code"] == "challenge_over"
        )

    def test_it_wants_a_fresh_sign_in_and_the_code_stays_good(self, asha, monkeypatch):
        api, code = client_of(asha), shown()
        with monkeypatch.context() as old:
            old.setattr("shop.accounts.services.confirm_person.FRESH", timedelta(seconds=-1))
            answer = api.post(LINKED, {"code": code, "code_verifier": VERIFIER})
            assert (answer.status_code, answer.json()["code"]) == (403, "confirmation_needed")
            assert links() == []
        assert api.post(LINKED, {"code": code, "code_verifier": VERIFIER}).status_code == 204

    @pytest.mark.parametrize(("owner", "uid"), [("ravi", "p-7"), ("asha", "p-1")])
    def test_taken_there_or_here(self, asha, owner, uid):
        user = asha if owner == "asha" else make_user("ravi")
        SocialAccount.objects.create(user=user, provider="own", uid=uid)
        answer = client_of(asha).post(LINKED, {"code": shown(), "code_verifier": VERIFIER})
        assert (answer.status_code, answer.json()["code"]) == (409, "outside_account_taken")
        assert links() == [(owner, uid)]

    def test_a_refusal_there_comes_back_as_a_word(self, db, oidc):
        oidc.denies = True
        answer = dance(Client(), f"{START}?return=/app/x&code_challenge={CHALLENGE}&link=1")
        assert answer.url == "/app/x?error=outside_failed"

    def test_what_is_kept_meanwhile_names_nobody_and_is_sealed(self, db):
        shown()
        with connection.cursor() as cursor:
            cursor.execute("SELECT secret FROM accounts_challenge")
            assert "p-7" not in cursor.fetchone()[0]
        assert Challenge.objects.get().user is None


def test_two_people_at_once_link_it_once(own_database):
    people = [make_user("asha"), make_user("ravi")]

    def link(user):
        try:
            return link_outside(user=user, service="own", subject="p-7", at=timezone.now())
        except OutsideAccountTaken as refusal:
            return refusal

    results = at_once([lambda user=user: link(user) for user in people])
    assert sum(isinstance(result, OutsideAccountTaken) for result in results) == 1
    assert SocialAccount.objects.count() == 1


def test_again_changes_nothing(asha):
    for _twice in range(2):
        link_outside(user=asha, service="own", subject="p-7", at=timezone.now())
    assert OutboxEvent.objects.filter(name="account.outside_account_linked").count() == 1
