"""What authors are told about their reviews. Each event is applied once (the outbox remembers)."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalog.reviews.events import ReviewAnswered, ReviewApproved, ReviewRejected
from catalog.reviews.models import Review
from catalog.reviews.notices import REVIEW_ANSWERED, REVIEW_APPROVED, REVIEW_REJECTED
from catalog.reviews.selectors import title_of, with_titles
from shop.core.outbox import Message, subscribe
from shop.notifications.services.tell import Happening, Reader, tell

KINDS = {
    ReviewApproved.name: REVIEW_APPROVED,
    ReviewRejected.name: REVIEW_REJECTED,
    ReviewAnswered.name: REVIEW_ANSWERED,
}


@subscribe(*KINDS)
def tell_the_author(message: Message) -> None:
    found = with_titles(Review.objects.filter(pk=message.payload["review_id"])).select_related("user")
    review = found.first()
    if review is None or not review.user.is_active:
        return
    user, language = review.user, review.user.locale or review.locale
    with translation.override(language):
        url = settings.SITE_URL + reverse("own_reviews")
    facts = {"piece": title_of(review), "reason": review.reason, "answer": review.answer}
    what = Happening(KINDS[message.name], str(message.id), facts, url=url, reference=f"review:{review.pk}")
    tell(reader=Reader(user, user.email, user.phone, language), what=what)
