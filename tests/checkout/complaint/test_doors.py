"""Writing and following a complaint, on the pages and over HTTP: for whom, with which answer, and how often."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checkout.complaint.models import Complaint, ComplaintMessage, GrievanceOfficer
from checkout.complaint.rules import complaint_token
from shop.accounts.services.ensure_roles import ensure_roles
from tests.checkout.storefront.conftest import Browser, text_of
from tests.factories import orders as made
from tests.factories.complaints import make_complaint
from tests.factories.people import client_of, make_user

pytestmark = pytest.mark.django_db
WORDS = {"kind": "product", "text": "The dish came in two halves."}
API = "/api/complaint/"


@pytest.fixture
def asha():
    return make_user("asha")


def signed_in(user) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def test_a_guest_writes_one_follows_it_and_settles_it(browser):
    order = made.make_order(email="guest@example.com")
    form = browser.get(f"/complaint/?order={order.number}")
    assert f'value="{order.number}"' in form.content.decode()
    sent = browser.send("/complaint/", WORDS | {"email": "guest@example.com", "order": order.number})
    complaint = Complaint.objects.get()
    assert (sent.status_code, complaint.order, complaint.email) == (303, order, "guest@example.com")
    page = browser.get(sent["Location"])
    assert complaint.number in text_of(page) and "two halves" in text_of(page) and "by " in text_of(page)
    browser.send(f"/complaint/{complaint.number}/", {"text": "And the lid too."})
    assert "And the lid too." in text_of(browser.get(f"/complaint/{complaint.number}/"))
    browser.send(f"/complaint/{complaint.number}/close/")
    complaint.refresh_from_db()
    assert complaint.status == "closed"
    assert 'name="text"' not in browser.get(f"/complaint/{complaint.number}/").content.decode()


def test_the_link_of_the_letter_opens_one_complaint_and_leaves_no_token_in_the_address(browser):
    complaint, other = make_complaint(), make_complaint()
    path = f"/complaint/{complaint.number}/"
    assert browser.get(path).status_code == 404
    moved = browser.get(f"{path}?token={complaint_token(complaint)}")
    assert (moved.status_code, moved["Location"]) == (303, path)
    assert browser.get(path).status_code == 200
    for foreign in (f"/complaint/{other.number}/", f"/complaint/{other.number}/?token={complaint_token(complaint)}"):
        assert browser.get(foreign).status_code == 404
    assert browser.send(f"/complaint/{other.number}/", {"text": "Mine!"}).status_code == 404
    assert browser.send(f"/complaint/{other.number}/close/").status_code == 404
    assert not ComplaintMessage.objects.exists()


def test_an_account_chooses_among_its_orders_and_finds_its_complaints_under_help(asha):
    browser, order, foreign = signed_in(asha), made.make_order(user=asha), made.make_order()
    assert f"/complaint/?order={order.number}" in browser.get(f"/account/orders/{order.number}/").content.decode()
    form = browser.get("/complaint/").content.decode()
    assert order.number in form and foreign.number not in form and 'name="email"' not in form
    assert browser.send("/complaint/", WORDS | {"order": foreign.number}).status_code == 200
    assert not Complaint.objects.exists()
    browser.send("/complaint/", WORDS | {"order": order.number})
    complaint = Complaint.objects.get()
    assert (complaint.user, complaint.order) == (asha, order)
    assert complaint.number in text_of(browser.get("/help/"))
    assert complaint.number not in text_of(Browser().get("/help/"))
    assert signed_in(make_user()).get(f"/complaint/{complaint.number}/").status_code == 404


def test_who_answers_for_complaints_stands_in_the_footer_and_under_help(browser):
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    GrievanceOfficer.objects.update_or_create(
        site=site, defaults={"name": "Leela Nair", "phone": "+918012345678", "designation": "Grievance officer"}
    )
    page = text_of(browser.get("/help/"))
    assert page.count("Leela Nair") == 2 and page.count("+918012345678") == 2
    assert "Leela Nair" in text_of(browser.get("/cart/"))


def test_what_is_missing_is_said_at_the_field(browser):
    page = browser.send("/complaint/", {"text": " ", "email": "nobody"})
    assert page.status_code == 200 and not Complaint.objects.exists()
    assert len(re.findall(r"<li><a href=\"#id_(email|kind|text)", page.content.decode())) == 3


def test_guests_of_one_address_write_so_many_an_hour(browser, settings):
    settings.RATE_LIMIT_FACTOR = 0.1  # two
    cache.clear()
    for _ in range(3):
        page = browser.send("/complaint/", WORDS | {"email": "guest@example.com"})
    assert page.status_code == 200 and "Wait a moment" in text_of(page)
    refused = client_of().post(API, WORDS | {"email": "guest@example.com"})
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    assert Complaint.objects.count() == 2


def test_a_program_of_a_guest_writes_follows_and_closes_with_its_token():
    guest = client_of()
    answer = guest.post(API, WORDS | {"email": "guest@example.com", "order": "OS-1"}, headers={"Idempotency-Key": "a"})
    told = answer.json()
    assert answer.status_code == 201 and told["status"] == "open" and told["number"].startswith("C-")
    again = guest.post(API, WORDS | {"email": "guest@example.com", "order": "OS-1"}, headers={"Idempotency-Key": "a"})
    assert again.json() == told and Complaint.objects.count() == 1
    path, token = f"{API}{told['id']}/", {"X-Complaint-Token": told["complaint_token"]}
    assert guest.get(path).status_code == 404
    assert guest.get(path, headers={"X-Complaint-Token": ""}).status_code == 404
    written = guest.post(f"{path}message/", {"text": "And the lid."}, headers=token)
    assert written.status_code == 201 and written.json()["messages"][0]["author"] == "complainant"
    assert guest.patch(path, {"status": "resolved", "text": "ha"}, headers=token).status_code == 403
    assert guest.patch(path, {"status": "closed"}, headers=token).json()["status"] == "closed"
    refused = guest.post(f"{path}message/", {"text": "More"}, headers=token)
    assert (refused.status_code, refused.json()["code"]) == (409, "complaint_closed")


def test_support_sees_all_by_deadline_and_answers_others_see_their_own(asha):
    ensure_roles()
    complaint, closed = make_complaint(user=asha), make_complaint(status="closed")
    sam, maya, buyer = client_of(make_user(role="support")), client_of(make_user(role="merchandiser")), client_of(asha)
    assert [one["id"] for one in sam.get(f"{API}?all=true").json()["results"]] == [complaint.pk, closed.pk]
    assert [one["id"] for one in sam.get(f"{API}?all=true&status=closed").json()["results"]] == [closed.pk]
    assert "email" not in buyer.get(API).json()["results"][0]
    assert [one["id"] for one in buyer.get(API).json()["results"]] == [complaint.pk]
    for stranger, refusal in ((maya, 403), (client_of(make_user()), 403), (client_of(), 401)):
        assert stranger.get(f"{API}?all=true").status_code == refusal
        assert stranger.get(f"{API}{complaint.pk}/").status_code == 404
        assert stranger.patch(f"{API}{complaint.pk}/", {"status": "acknowledged"}).status_code == 404
        assert stranger.post(f"{API}{complaint.pk}/message/", {"text": "x"}).status_code == 404
    path = f"{API}{complaint.pk}/"
    taken = sam.patch(path, {"status": "acknowledged"}).json()
    assert (taken["status"], taken["next_statuses"]) == ("acknowledged", ["resolved"])
    assert sam.post(f"{path}message/", {"text": "Which half?"}).json()["messages"][0]["author"] == "shop"
    assert sam.patch(path, {"status": "resolved"}).json()["errors"] == {"text": ["Write what it is about."]}
    wrong = sam.patch(path, {"status": "closed"})
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["allowed"]) == (409, "wrong_state", ["resolved"])
    assert sam.patch(path, {"status": "resolved", "text": "A new one."}).json()["status"] == "resolved"
    assert sam.get(f"{API}?status=lost").status_code == 400


@pytest.mark.parametrize("path", ["/api/complaint/", "/help/", "/complaint/"])
def test_lists_cost_the_same_however_many_there_are(asha, path):
    browser, program = signed_in(asha), client_of(asha)
    call = program.get if path.startswith("/api") else browser.get
    make_complaint(user=asha, about=made.make_order(user=asha).number)
    call(path)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert call(path).status_code == 200
        costs.append(len(asked))
        for _ in range(3):
            make_complaint(user=asha, about=made.make_order(user=asha).number)
    assert costs[0] == costs[1] <= (6 if path.startswith("/api") else 10)
