"""The desk of reviews in the admin: what waits first, decided in the version that was read, by those who may."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from catalog.reviews.models import Review
from catalog.reviews.services.add_picture import add_picture
from catalog.reviews.services.change_review import change_review
from catalog.reviews.services.decide_review import decide_review
from tests.factories.catalog import make_product
from tests.factories.reviews import make_review, picture_bytes, settle
from tests.factories.staff import ROLES, browser_of, outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(db):
    return browser_of("merchandiser")


@pytest.fixture
def mug(db):
    return make_product("Chai mug", stock=50)


def url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_reviews_review:{name}", args=args)


def told(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_what_waits_comes_first_with_its_pictures(maya, mug):
    shown, waiting = make_review(mug), make_review(mug, status="pending", body="Please <i>read</i> me")
    add_picture(review_id=waiting.pk, user=waiting.user, content=picture_bytes(), at=timezone.now())
    settle()
    answer = maya.get(url("list"))
    page = answer.content.decode()
    assert [row.pk for row in answer.context["object_list"]] == [waiting.pk, shown.pk]
    assert "Please &lt;i&gt;read" in page and waiting.pictures.get().small.url in page and "Chai mug" in page
    only = maya.get(url("list") + "?status=approved").context["object_list"]
    assert [row.pk for row in only] == [shown.pk]
    assert [row.pk for row in maya.get(url("list") + "?with_pictures=true").context["object_list"]] == [waiting.pk]


def test_the_list_costs_the_same_however_long(maya, mug):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            maya.get(url("list"))
        return len(queries)

    make_review(mug, status="pending")
    cost()
    few = cost()
    for _ in range(5):
        make_review(mug, status="pending")
    assert cost() == few


def test_shown_not_shown_and_answered(maya, mug):
    review = make_review(mug, status="pending")
    screen = maya.get(url("inspect", review.pk)).content.decode()
    assert "It keeps chai hot." in screen and f"approve/{review.pk}/?version=1" in screen
    assert "Its author gets a mail" in maya.get(url("approve", review.pk)).content.decode()
    maya.post(url("approve", review.pk), {"version": 1})
    review.refresh_from_db()
    assert (review.status, review.decided_by) == ("approved", maya.user.username)
    assert maya.post(url("reject", review.pk), {"version": 1, "reason": ""}).status_code == 200  # the reason is missing
    maya.post(url("reject", review.pk), {"version": 1, "reason": "It names the courier."})
    maya.post(url("answer", review.pk), {"answer": "Thank you!"})
    review.refresh_from_db()
    assert (review.status, review.reason, review.answer) == ("rejected", "It names the courier.", "Thank you!")
    logged = ModelLogEntry.objects.filter(action__startswith="review.").order_by("pk").values_list("action", flat=True)
    assert list(logged) == ["review.approve", "review.reject", "review.answer"]


def test_what_changed_since_it_was_read_is_not_decided(maya, mug):
    review = make_review(mug, status="pending")
    change_review(review_id=review.pk, user=review.user, fields={"body": "Unread"}, at=timezone.now())
    assert "was changed meanwhile" in told(maya.post(url("approve", review.pk), {"version": 1}))
    bulk = maya.post(_bulk(review), {"review": [f"{review.pk}:1"]}, follow=False)
    assert "is not shown" in told(bulk)
    assert Review.objects.get().status == "pending"


def test_several_at_once_leave_what_is_decided(maya, mug):
    waiting = [make_review(mug, status="pending") for _ in range(2)]
    rejected = make_review(mug, status="rejected")
    asked = maya.get(_bulk(*waiting, rejected)).content.decode()
    assert "2 reviews" in asked and "left as they are" in asked
    maya.post(_bulk(*waiting, rejected), {"review": [f"{r.pk}:{r.version}" for r in [*waiting, rejected]]})
    assert sorted(Review.objects.values_list("status", flat=True)) == ["approved", "approved", "rejected"]


def _bulk(*reviews) -> str:
    ids = "&".join(f"id={review.pk}" for review in reviews)
    return f"/admin/bulk/reviews/review/approve/?{ids}&next={url('list')}"


@pytest.mark.parametrize("role", ROLES)
def test_who_may(mug, role):
    review = make_review(mug, status="pending")
    client = browser_of(role)
    may = role in ("admin", "merchandiser")
    for name in ("list", "inspect", "approve", "reject", "answer"):
        found = outcome(client.get(url(name, *(() if name == "list" else (review.pk,)))))
        assert (found == "ok") == may, name
    client.post(url("approve", review.pk), {"version": 1})
    assert Review.objects.get().status == ("approved" if may else "pending")
    assert outcome(client.get(f"/admin/snippets/reviews/review/edit/{review.pk}/")) != "ok"


def test_the_start_page_counts_what_waits(maya, mug):
    assert "Reviews to read" not in maya.get("/admin/").content.decode()
    review = make_review(mug, status="pending")
    page = maya.get("/admin/").content.decode()
    assert "Reviews to read" in page and "Read 1 review" in page
    decide_review(review_id=review.pk, approve=True, by="maya", at=timezone.now())
    assert "Read 1 review" not in maya.get("/admin/").content.decode()
