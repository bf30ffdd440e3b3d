"""Reviews as the templates get them: the API's dictionary, and beside each fact its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from catalog.api.review_serializers import review_json, shown_json
from catalog.listing.rules.paths import language_prefix
from catalog.reviews.models import Review
from catalog.reviews.rules import average_of_stars
from catalog.reviews.selectors import shown_of, stars_of
from shop.core.dates import date_text

ON_PRODUCT = 4


def shown(review: Review, locale: str) -> dict[str, Any]:
    return shown_json(review) | _words(review, locale)


def own(review: Review, locale: str) -> dict[str, Any]:
    """For its author: where it stands, and what to do."""
    tone = {Review.Status.APPROVED: "good", Review.Status.REJECTED: "trouble"}.get(Review.Status(review.status), "")
    waiting = sum(not picture.is_ready for picture in review.all_pictures)
    return review_json(review) | _words(review, locale) | {
        "status_label": review.get_status_display(), "status_tone": tone, "pictures_waiting": waiting,
    }  # fmt: skip


def _words(review: Review, locale: str) -> dict[str, Any]:
    return {
        "stars": range(review.rating),
        "lang": "" if review.locale == locale else review.locale,
        "author": review.author or _("A buyer"),
        "date_text": date_text(review.created_at, locale),
        "answer_date_text": date_text(review.answered_at, locale) if review.answered_at else "",
    }


def bars(stars: Mapping[int, int]) -> list[dict[str, int]]:
    return [{"stars": rating, "count": count} for rating, count in stars.items()]


def on_product(product: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """The reviews on a product's page: those that helped most. Asks nothing where there is none."""
    if not product["review_count"]:
        return {"items": [], "bars": [], "all_url": ""}
    rows = shown_of(product["id"], ordering="helpful")[:ON_PRODUCT]
    return {
        "items": [shown(review, locale) for review in rows],
        "bars": bars(stars_of(product["id"])),
        "all_url": f"{product['url']}reviews/",
    }


def summary(stars: Mapping[int, int]) -> dict[str, Any]:
    average = average_of_stars(stars)
    return {"rating": str(average) if average else "", "review_count": sum(stars.values())}


def write_url(product_id: int, locale: str) -> str:
    return f"{language_prefix(locale)}/account/reviews/write/{product_id}/"


def review_data(product: Mapping[str, Any], reviews: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What search engines read of them, as members of the product."""
    if not product["review_count"]:
        return {}
    rating = {"@type": "AggregateRating", "ratingValue": product["rating"], "reviewCount": product["review_count"],
              "bestRating": 5, "worstRating": 1}  # fmt: skip
    return {"aggregateRating": rating, "review": [_as_data(review) for review in reviews]}


def _as_data(review: Mapping[str, Any]) -> dict[str, Any]:
    data = {
        "@type": "Review",
        "reviewRating": {"@type": "Rating", "ratingValue": review["rating"], "bestRating": 5, "worstRating": 1},
        "author": {"@type": "Person", "name": review["author"]},
        "datePublished": review["created_at"][:10],
        "reviewBody": review["body"],
    }
    return data | ({"name": review["title"]} if review["title"] else {})
