"""What the customers say, written and decided through the use cases at the hours at which it happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from catalog.listing.services.refresh import refresh
from catalog.product.models import Variant
from catalog.reviews.models import Review
from catalog.reviews.services.answer_review import answer_review
from catalog.reviews.services.decide_review import decide_review
from catalog.reviews.services.vote_helpful import vote_helpful
from catalog.reviews.services.write_review import write_review
from shop.accounts.models import User
from shop.management.demo.clock import shifted_to
from shop.management.demo.content import FOLDER, read

STAFF = "maya"
READ_AFTER = timedelta(hours=5)


def play_reviews(*, now: datetime, people: dict[str, User]) -> int:
    """Returns how many there are; those without a decision wait to be read."""
    rows = read("reviews")["reviews"]
    written = [_write(row, people, now - timedelta(days=row["days_ago"])) for row in rows]
    for review, row in zip(written, rows, strict=True):
        if "decided" in row:
            _decide(review, row, review.created_at + READ_AFTER)
        for key in row["helpful"]:
            vote_helpful(review_id=review.pk, user=people[key], helpful=True, at=now)
    refresh({review.core_id for review in written})
    return len(written)


def _write(row: dict[str, Any], people: dict[str, User], moment: datetime) -> Review:
    pictures = [(FOLDER / "pictures" / row["picture"]).read_bytes()] if "picture" in row else []
    with shifted_to(moment):
        return write_review(
            user=people[row["customer"]], product_id=Variant.objects.get(sku=row["sku"]).core_id, rating=row["rating"],
            title=row["title"], body=row["body"], locale=row["language"], pictures=pictures, at=moment,
        )  # fmt: skip


def _decide(review: Review, row: dict[str, Any], moment: datetime) -> None:
    with shifted_to(moment):
        approve = row["decided"] == "approved"
        decide_review(review_id=review.pk, approve=approve, by=STAFF, at=moment, reason=row.get("reason", ""))
        if "answer" in row:
            answer_review(review_id=review.pk, answer=row["answer"], by=STAFF, at=moment)
