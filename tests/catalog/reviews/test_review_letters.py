"""Who is told what of reviews, when, and how they switch it off; what an account takes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from catalog.listing.models import Placement
from catalog.reviews.models import HelpfulVote, Review
from shop.accounts.services.close_account import close_account
from shop.notifications.services.choose_channels import choose_channels
from tests.factories.catalog import make_product
from tests.factories.people import client_of, make_user
from tests.factories.reviews import make_buyer, make_review, settle

pytestmark = pytest.mark.django_db
ASKED = "What is it like to live with?"


def letters() -> list[tuple[str, str]]:
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


def a_week_later() -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        settle()


def test_a_buyer_is_asked_once_a_week_after_it_came(db):
    mug = make_product("Chai mug")
    asha = make_buyer(mug, "asha")
    settle()
    assert (asha.email, ASKED) not in letters()
    a_week_later()
    a_week_later()
    assert letters().count((asha.email, ASKED)) == 1
    letter = next(letter for letter in mail.outbox if letter.subject == ASKED)
    assert "Chai mug" in letter.body and "/account/reviews/" in letter.body


def test_not_those_who_wrote_already_nor_those_who_do_not_want_it(db):
    mug = make_product("Chai mug")
    done, silent, unverified = make_buyer(mug, "done"), make_buyer(mug, "silent"), make_buyer(mug, is_verified=False)
    make_review(mug, user=done, status="pending")
    choose_channels(user=silent, chosen={("reviews", "email"): False, ("reviews", "in_app"): False})
    a_week_later()
    told = {address for address, subject in letters() if subject == ASKED}
    assert not told & {done.email, silent.email, unverified.email}


def test_authors_hear_what_became_of_it(db):
    mug = make_product("Chai mug")
    asha = make_buyer(mug, "asha")
    review = make_review(mug, user=asha, status="rejected")
    maya = client_of(make_user("maya", role="merchandiser"))
    settle()
    assert letters()[-1] == (asha.email, "Your review of Chai mug") and "No." in mail.outbox[-1].body
    maya.patch(f"/api/review/{review.pk}/", {"status": "approved", "answer": "A lid is on its way."})
    settle()
    assert {subject for _to, subject in letters()} >= {
        "Your review of Chai mug is on show", "We answered your review of Chai mug"}  # fmt: skip


def test_the_export_has_ones_own_and_nothing_of_others(db):
    mug = make_product("Chai mug")
    asha = make_buyer(mug, "asha")
    make_review(mug, user=asha, body="My own words")
    other = make_review(mug, body="Words of others")
    client_of(asha).post(f"/api/review/{other.pk}/helpful/")
    export = client_of(asha).get("/api/self/export/").json()
    assert [row["body"] for row in export["reviews"]] == ["My own words"]
    assert [row["review_id"] for row in export["helpful_votes"]] == [other.pk]
    assert "Words of others" not in str(export)


def test_an_account_takes_its_words_and_votes_along(db):
    mug = make_product("Chai mug")
    asha = make_buyer(mug, "asha")
    make_review(mug, user=asha, rating=1)
    other = make_review(mug, rating=5)
    client_of(asha).post(f"/api/review/{other.pk}/helpful/")
    close_account(user=asha, at=timezone.now())
    settle()
    assert list(Review.objects.values_list("pk", "helpful_count")) == [(other.pk, 0)]
    assert not HelpfulVote.objects.exists()
    assert set(Placement.objects.filter(core=mug).values_list("rating", flat=True)) == {5}
