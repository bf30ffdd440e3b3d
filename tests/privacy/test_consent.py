"""Nothing is counted before a yes; a no ends it; what was said is never changed."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from shop.privacy.models import AnalyticsEvent, Consent, ConsentText
from shop.privacy.rules import clean_query, read_cookie
from tests.factories.people import client_of, make_user

YES, NO = {"purpose": "analytics", "given": True}, {"purpose": "analytics", "given": False}
SEEN = {"name": "view", "facts": {"product_id": 12}}


@pytest.fixture
def guest(db):
    return client_of()


def test_a_yes_is_kept_and_counted_under_a_random_id(guest):
    answer = guest.post("/api/consent/", YES)
    visitor = answer.json()["visitor"]
    assert answer.status_code == 201 and len(visitor) == 32
    assert answer.cookies["consent"].value == f"0.yes.{visitor}"
    row = Consent.objects.get()
    assert (row.user, row.visitor, row.given, row.version, row.door) == (None, visitor, True, 0, "api")
    assert guest.post("/api/analytics/event/", SEEN).status_code == 204
    event = AnalyticsEvent.objects.get()
    assert (event.visitor, event.name, event.facts) == (visitor, "view", {"product_id": 12})


@pytest.mark.parametrize("cookie", ["", "0.no", "0.yes." + "a" * 32, "rubbish"])
def test_without_a_recorded_yes_nothing_is_counted(guest, cookie):
    """Not even for a cookie that says yes: what was recorded holds."""
    guest.cookies["consent"] = cookie
    assert guest.post("/api/analytics/event/", SEEN).status_code == 204
    assert not AnalyticsEvent.objects.exists()


def test_a_no_deletes_what_was_counted_and_keeps_no_id(guest):
    visitor = guest.post("/api/consent/", YES).json()["visitor"]
    guest.post("/api/analytics/event/", SEEN)
    answer = guest.post("/api/consent/", NO)
    assert answer.cookies["consent"].value == "0.no" and answer.json()["visitor"] == ""
    assert not AnalyticsEvent.objects.exists()
    assert [row.given for row in Consent.objects.filter(visitor=visitor).order_by("pk")] == [True, False]
    guest.post("/api/analytics/event/", SEEN | {"visitor": visitor})
    assert not AnalyticsEvent.objects.exists()


def test_a_no_of_somebody_unknown_leaves_nothing(guest):
    assert guest.post("/api/consent/", NO).status_code == 201
    assert not Consent.objects.exists()


def test_a_person_sees_what_they_said(db):
    asha, ravi = client_of(make_user("asha")), client_of(make_user("ravi"))
    asha.post("/api/consent/", YES)
    asha.post("/api/consent/", NO)
    assert asha.get("/api/consent/").json()["choices"][0]["at"].endswith("Z")
    assert [row["given"] for row in asha.get("/api/consent/").json()["choices"]] == [False, True]
    assert ravi.get("/api/consent/").json()["choices"] == []


def test_what_was_said_is_never_changed(guest):
    guest.post("/api/consent/", YES)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.update(given=False)
    assert Consent.objects.get().given


@pytest.mark.parametrize("body", [
    {"name": "purchase"}, {"name": "spy"}, {"name": "view", "facts": {"email": "a@b.c"}},
    {"name": "view", "facts": {"product_id": "<script>"}}, {"name": "view", "facts": {"product_id": True}},
    {"name": "add", "facts": {"quantity": 10**9}}, {"name": "view", "facts": []}, {"name": "search", "facts": {"q": 5}},
    {"name": "view", "visitor": "x"}, {},
])  # fmt: skip
def test_what_is_not_on_the_list_is_refused(guest, body):
    guest.post("/api/consent/", YES)
    assert guest.post("/api/analytics/event/", body).status_code == 400
    assert not AnalyticsEvent.objects.exists()


def test_another_site_counts_nothing_here(guest):
    guest.post("/api/consent/", YES)
    answer = guest.post("/api/analytics/event/", SEEN, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not AnalyticsEvent.objects.exists()


def test_who_sends_too_much_is_told_to_wait(guest, settings):
    settings.RATE_LIMIT_FACTOR = 0.01
    answers = [guest.post("/api/analytics/event/", SEEN).status_code for _ in range(4)]
    assert answers == [204, 204, 204, 429]


@pytest.mark.parametrize(("typed", "kept"), [
    ("Chai MUG", "chai mug"), ("asha@example.com mug", "mug"), ("call +91 98765 43210", "call"), ("mug 250 ml", "mug 250 ml"),
    ("4111-1111-1111-1111", ""), ("x" * 500, "x" * 60),
])  # fmt: skip
def test_a_search_keeps_nothing_of_a_person(typed, kept):
    assert clean_query(typed) == kept


@pytest.mark.parametrize(
    "cookie", [None, "", "1", "1.yes", "1.yes.", "1.yes." + "G" * 32, "1.no.x", "9999999.no", "१.no"]
)
def test_a_cookie_that_is_not_ours_says_nothing(cookie):
    assert read_cookie(cookie) is None


class TestThePages:
    @pytest.fixture
    def browser(self, db):
        return Client()

    def test_the_notice_stands_in_every_page_and_asks_anew_for_a_new_wording(self, browser):
        page = browser.get("/cart/").content.decode()
        assert 'data-consent-version="0"' in page and "May we count your visit?" in page
        ConsentText.objects.create(
            purpose="analytics", locale="en", version=3, heading="Shall we count?", body="Say so."
        )
        from django.core.cache import cache

        cache.clear()
        page = browser.get("/cart/").content.decode()
        assert 'data-consent-version="3"' in page and "Shall we count?" in page

    def test_both_answers_weigh_the_same(self, browser):
        page = browser.get("/cart/").content.decode()
        notice = page[page.index('<section class="consent"') :]
        assert notice.count('<button class="btn line" name="given"') == 2

    def test_an_answer_without_javascript_leads_back(self, browser):
        answer = browser.post("/privacy/choices/", {"given": "yes", "next": "/cart/"})
        assert answer.status_code == 302 and answer.url == "/cart/"
        assert Consent.objects.get().door == "page"
        assert "You said yes" in browser.get("/privacy/choices/").content.decode()
        browser.post("/privacy/choices/", {"given": "no"})
        assert "You said no" in browser.get("/privacy/choices/").content.decode()

    def test_it_leads_nowhere_else(self, browser):
        assert (
            browser.post("/privacy/choices/", {"given": "no", "next": "https://evil.example/"}).url
            == "/privacy/choices/"
        )
        assert (
            browser.post("/privacy/choices/", {"given": "yes"}, headers={"Origin": "https://evil.example"}).status_code
            == 403
        )
        assert not Consent.objects.exists()

    def test_it_asks_little(self, browser, django_assert_max_num_queries):
        browser.get("/privacy/choices/")
        with django_assert_max_num_queries(3):
            assert browser.get("/privacy/choices/").status_code == 200
