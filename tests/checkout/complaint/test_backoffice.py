"""Support in the admin: what is due soonest first, one screen, one answer; figures on the home page; `/metrics`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checkout.complaint.models import Complaint
from tests.factories import orders as made
from tests.factories.complaints import make_complaint
from tests.factories.people import make_user
from tests.factories.staff import browser_of

pytestmark = pytest.mark.django_db
SCREEN = "wagtailsnippets_complaint_complaint:{}"
LIST = reverse(SCREEN.format("list"))


@pytest.fixture
def sam(db):
    return browser_of("support")


def screen(complaint, step: str = "inspect") -> str:
    return reverse(SCREEN.format(step), args=[complaint.pk])


def places(page, *complaints) -> list[str]:
    """In the order in which they stand on the page."""
    text = page.content.decode()
    shown = [one.number for one in complaints if one.number in text]
    return sorted(shown, key=text.index)


def test_the_list_begins_with_what_is_overdue_and_ends_with_what_is_answered(sam):
    now = timezone.now()
    new, late = make_complaint(at=now), make_complaint(at=now - timedelta(days=3))
    done, taken = make_complaint(status="resolved"), make_complaint(status="acknowledged")
    everything = (new, late, done, taken)
    assert places(sam.get(LIST), *everything) == [one.number for one in (late, new, taken, done)]
    assert places(sam.get(f"{LIST}?due=overdue"), *everything) == [late.number]
    assert places(sam.get(f"{LIST}?due=waiting"), *everything) == [one.number for one in (late, new, taken)]
    assert places(sam.get(f"{LIST}?q={new.number}"), *everything) == [new.number]
    assert "Overdue" in sam.get(LIST).content.decode()


def test_support_takes_it_up_writes_and_answers_for_good(sam):
    complaint = make_complaint(user=make_user("asha"))
    assert "two halves" in sam.get(screen(complaint)).content.decode()
    sam.post(screen(complaint, "acknowledge"))
    sam.post(screen(complaint, "reply"), {"text": "Which half?"})
    page = sam.post(screen(complaint, "resolve"), {"text": "A new one leaves today."}, follow=True).content.decode()
    complaint.refresh_from_db()
    assert (
        complaint.status == "resolved"
        and list(complaint.messages.values_list("by", flat=True)) == ["support_person"] * 2
    )
    assert "Which half?" in page and "a mail goes to asha@example.com" in page
    sam.post(screen(complaint, "reopen")), sam.post(screen(complaint, "resolve"), {"text": "Another."})
    sam.post(screen(complaint, "close"))
    assert Complaint.objects.get().status == "closed"
    before = list(Complaint.objects.values())
    assert "nothing was changed" in sam.post(screen(complaint, "resolve"), {"text": "x"}, follow=True).content.decode()
    assert list(Complaint.objects.values()) == before


def test_an_order_that_is_not_theirs_is_shown_as_a_claim(sam):
    order = made.make_order(email="asha@example.com")
    page = sam.get(screen(make_complaint(about=order.number, email="thief@example.com"))).content.decode()
    assert "it is not an order of this address" in page
    assert reverse("wagtailsnippets_order_order:inspect", args=[order.pk]) not in page


def test_home_tells_support_and_nobody_else(sam):
    make_complaint(at=timezone.now() - timedelta(days=3)), make_complaint()
    page = sam.get("/admin/").content.decode()
    assert "1 is overdue" in page and "Take up the complaint" in page
    assert "Take up the complaint" not in browser_of("merchandiser").get("/admin/").content.decode()


def test_a_machine_is_told_how_many_are_overdue(client, settings):
    settings.METRICS_TOKEN = "m" * 40
    make_complaint(at=timezone.now() - timedelta(days=3)), make_complaint()
    told = client.get("/metrics", headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"}).content.decode()
    assert "shop_complaints_unanswered 2\n" in told and "shop_complaints_overdue 1\n" in told


def test_list_and_screen_cost_the_same_however_many_there_are(sam):
    complaint = make_complaint()
    for path in (LIST, screen(complaint)):
        costs = []
        for _ in range(2):
            sam.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert sam.get(path).status_code == 200
            costs.append(len(asked))
            for _ in range(4):
                make_complaint()
        assert costs[0] == costs[1] <= 20
