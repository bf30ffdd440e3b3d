from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, JSONField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL

from catalog.listing.ratings import Rating, ratings_from
from catalog.product.models import Product, ProductCore
from catalog.reviews.models import HelpfulVote, Review
from catalog.reviews.purchases import Purchase, purchases_of
from catalog.reviews.rules import STARS, average_of
from catalog.reviews.statuses import Status
from shop.accounts.models import User
from shop.core.errors import NotThere

ORDERINGS = {
    "newest": ("-created_at", "-pk"),
    "helpful": ("-helpful_count", "-created_at", "-pk"),
    "rating": ("-rating", "-created_at", "-pk"),
}
PICTURES = """SELECT coalesce(jsonb_agg(jsonb_build_object('id', kept.id, 'position', kept.position, 'large', kept.large,
        'small', kept.small, 'width', kept.width, 'height', kept.height) ORDER BY kept.position), '[]')
    FROM reviews_reviewpicture kept WHERE kept.review_id = reviews_review.id"""


@ratings_from
def ratings(core_ids: Sequence[int]) -> dict[int, Rating]:
    """What counts is what is shown. One query."""
    shown = Review.objects.filter(core_id__in=core_ids, status=Status.APPROVED)
    sums = shown.values_list("core_id").annotate(total=Sum("rating"), count=Count("pk"))
    return {core_id: Rating(average_of(total, count), count) for core_id, total, count in sums}


def stars_of(product_id: int) -> dict[int, int]:
    """How many gave 5, 4, … 1 stars. One query. Raises NotThere for a product that is not live."""
    shown = Count("reviews", filter=Q(reviews__status=Status.APPROVED))
    live = ProductCore.objects.filter(pk=product_id, is_live=True)
    rows = dict(live.values_list("reviews__rating").annotate(shown=shown))
    if not rows:
        raise NotThere
    return {rating: rows.get(rating, 0) for rating in STARS}


def shown_of(product_id: int, *, rating: int | None = None, ordering: str = "newest") -> QuerySet[Review]:
    """Reviews on show, with their pictures. One query."""
    shown = Review.objects.filter(core_id=product_id, status=Status.APPROVED).order_by(*ORDERINGS[ordering])
    return with_pictures(shown.filter(rating=rating) if rating else shown)


def with_pictures(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """With `all_pictures`, in the same statement."""
    return reviews.annotate(picture_facts=RawSQL(PICTURES, [], JSONField()))  # noqa: S611 (a constant)


def with_titles(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Each with the `product_title` in the source language."""
    source = Product.objects.filter(core=OuterRef("core"), is_source=True)
    return reviews.annotate(product_title=Subquery(source.values("title")[:1]))


def title_of(review: Review) -> str:
    """The title that `with_titles` has brought."""
    return getattr(review, "product_title", None) or ""


def reviews_by(user: User) -> QuerySet[Review]:
    return with_pictures(Review.objects.filter(user=user).order_by("-created_at", "-pk"))


def review_by(user: User, review_id: int) -> Review:
    """Raises NotThere, also for somebody else's."""
    found = reviews_by(user).filter(pk=review_id).first()
    if found is None:
        raise NotThere
    return found


def pending() -> QuerySet[Review]:
    return Review.objects.filter(status=Status.PENDING)


def waiting_for(user: User) -> list[Purchase]:
    """What was delivered to a person who has not reviewed it, each product once, the latest first."""
    bought = purchases_of(user.pk)
    done = set(Review.objects.filter(user=user).values_list("core_id", flat=True))
    live = set(
        ProductCore.objects.filter(pk__in={each.product_id for each in bought}, is_live=True).values_list(
            "pk", flat=True
        )
    )
    once = {each.product_id: each for each in reversed(bought) if each.product_id in live - done}
    return sorted(once.values(), key=lambda each: each.delivered_at, reverse=True)


def voted_for(user: User, review_ids: Sequence[int]) -> set[int]:
    return set(HelpfulVote.objects.filter(user=user, review_id__in=review_ids).values_list("review_id", flat=True))
