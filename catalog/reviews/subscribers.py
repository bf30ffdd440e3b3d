"""Ratings on cards and shelves follow what is shown of reviews."""

from __future__ import annotations

from catalog.listing.services.refresh import refresh
from catalog.reviews.events import ReviewApproved, ReviewRejected, ReviewSubmitted, ReviewWithdrawn
from shop.core.outbox import Message, subscribe


@subscribe(ReviewApproved.name, ReviewRejected.name, ReviewSubmitted.name, ReviewWithdrawn.name, prompt=True)
def show_rating(message: Message) -> None:
    if message.payload.get("was_shown", True):
        refresh([message.payload["product_id"]])
