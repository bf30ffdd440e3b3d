"""Two at once: one review, one vote, four pictures; nobody approves what they have not read."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from catalog.reviews.models import HelpfulVote, Review, ReviewPicture
from catalog.reviews.services.add_picture import add_picture
from catalog.reviews.services.change_review import change_review
from catalog.reviews.services.decide_review import decide_review
from catalog.reviews.services.vote_helpful import vote_helpful
from catalog.reviews.services.write_review import write_review
from tests.factories.catalog import make_product
from tests.factories.people import make_user
from tests.factories.reviews import make_buyer, make_review, picture_bytes
from tests.threads import at_once


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_two_reviews_at_once_are_one(own_database):
    mug = make_product()
    asha = make_buyer(mug)
    write = partial(write_review, user=asha, product_id=mug.pk, rating=4, body="Good", locale="en", at=timezone.now())
    assert kinds(at_once([write, write, write])) == ["AlreadyReviewed", "AlreadyReviewed", "Review"]
    assert Review.objects.count() == 1


def test_votes_at_once_are_counted_by_person(own_database):
    review = make_review(make_product())
    people = [make_user() for _ in range(3)]
    vote = partial(vote_helpful, review_id=review.pk, helpful=True, at=timezone.now())
    results = at_once([partial(vote, user=person) for person in [*people, *people]])
    assert kinds(results) == ["int"] * 6
    assert Review.objects.get().helpful_count == HelpfulVote.objects.count() == 3


def test_a_fifth_picture_never_gets_in(own_database):
    review = make_review(make_product())
    add = partial(
        add_picture,
        review_id=review.pk,
        user=review.user,
        content=picture_bytes(width=200, height=200),
        at=timezone.now(),
    )
    assert kinds(at_once([add] * 6)) == ["ReviewPicture"] * 4 + ["TooManyPictures"] * 2
    assert sorted(ReviewPicture.objects.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_changed_and_approved_at_once(own_database):
    """Whichever comes first: what is shown is what was read."""
    for number in range(4):
        review = make_review(make_product(f"p{number}"), status="pending")
        change = partial(
            change_review, review_id=review.pk, user=review.user, fields={"body": "Unread."}, at=timezone.now()
        )
        decide = partial(decide_review, review_id=review.pk, approve=True, by="maya", at=timezone.now(), version=1)
        at_once([change, decide])
        review.refresh_from_db()
        assert (review.status, review.body) == ("pending", "Unread.")
