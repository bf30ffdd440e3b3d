"""What the account's own page adds to the address that links another service: a page of a stranger cannot know it."""

from __future__ import annotations

from django.core import signing
from django.http import Http404

from shop.accounts.models import User

SALT = "shop.accounts.link_outside"
LIFE_SECONDS = 60 * 60


def make_link_token(user: User) -> str:
    return signing.dumps(user.pk, salt=SALT)


def check_link_token(token: str, user: User) -> None:
    """Raises Http404: somebody else's, too old, tampered with."""
    try:
        owner = signing.loads(token, salt=SALT, max_age=LIFE_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    if owner != user.pk:
        raise Http404
