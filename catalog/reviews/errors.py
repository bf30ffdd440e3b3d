from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict, NotAllowed


class NotVerified(NotAllowed):
    code = "email_not_verified"
    title = _("Confirm your e-mail address first: the link is in the mail that we sent.")


class NotBought(NotAllowed):
    code = "not_bought"
    title = _("You can review a piece once it was delivered to you.")


class AlreadyReviewed(Conflict):
    """`review_id` names the one that is there."""

    code = "already_reviewed"
    title = _("You have reviewed this piece already. Change that review instead.")


class ReviewChanged(Conflict):
    code = "review_changed"
    title = _("The review was changed meanwhile. Read it again, then decide.")


class OwnReview(NotAllowed):
    code = "own_review"
    title = _("This is your own review.")


class TooManyPictures(Conflict):
    code = "too_many_pictures"
    title = _("Four pictures at most. Remove one first.")
