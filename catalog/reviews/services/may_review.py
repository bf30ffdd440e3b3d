from __future__ import annotations

from catalog.product.models import ProductCore
from catalog.reviews.errors import AlreadyReviewed, NotBought, NotVerified
from catalog.reviews.models import Review
from catalog.reviews.purchases import Purchase, purchases_of
from shop.accounts.models import User
from shop.core.errors import NotThere


def may_review(*, user: User, product_id: int) -> Purchase:
    """The purchase that lets a person review a product. Raises NotThere, NotVerified, NotBought, AlreadyReviewed."""
    if not ProductCore.objects.filter(pk=product_id, is_live=True).exists():
        raise NotThere
    if not user.is_verified:
        raise NotVerified
    bought = purchases_of(user.pk, product_id)
    if not bought:
        raise NotBought
    refuse_second(user_id=user.pk, product_id=product_id)
    return bought[0]


def refuse_second(*, user_id: int, product_id: int) -> None:
    """Raises AlreadyReviewed."""
    known = Review.objects.filter(user_id=user_id, core_id=product_id).values_list("pk", flat=True).first()
    if known is not None:
        raise AlreadyReviewed(review_id=known)
