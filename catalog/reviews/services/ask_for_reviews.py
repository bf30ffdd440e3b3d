from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalog.listing.models import Card
from catalog.reviews.models import Review
from catalog.reviews.notices import REVIEW_WANTED
from shop.accounts.models import User
from shop.notifications.services.tell import Happening, Reader, tell


def ask_for_reviews(*, user_id: int, product_ids: Sequence[int], reference: str) -> None:
    """Ask a buyer once per order (`reference`) what they think of what came and is not reviewed yet. Nothing is written
    to those who may not review, or do not want to be asked."""
    user = User.objects.filter(pk=user_id, is_active=True, is_verified=True).first()
    if user is None:
        return
    language = user.locale or settings.LANGUAGE_CODE
    names = _names(product_ids, user, language)
    if names:
        with translation.override(language):
            url = settings.SITE_URL + reverse("own_reviews")
        facts = {"pieces": ", ".join(names), "name": (user.name.split() or [""])[0]}
        what = Happening(REVIEW_WANTED, reference, facts, url=url, reference=reference)
        tell(reader=Reader(user, user.email, user.phone, language), what=what)


def _names(product_ids: Sequence[int], user: User, language: str) -> list[str]:
    """Of those that are on show and not reviewed by this person, in their language."""
    done = Review.objects.filter(user=user, core_id__in=product_ids).values("core_id")
    cards = Card.objects.filter(core_id__in=product_ids, locale=language, currency=settings.DEFAULT_CURRENCY)
    return list(cards.exclude(core_id__in=done).order_by("core_id").values_list("name", flat=True))
