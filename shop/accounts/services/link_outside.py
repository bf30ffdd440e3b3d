from __future__ import annotations

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from shop.accounts import factors
from shop.accounts.errors import OutsideAccountTaken
from shop.accounts.events import OutsideAccountLinked
from shop.accounts.models import User
from shop.core.outbox import publish


def link_outside(*, user: User, service: str, subject: str, at: datetime) -> None:
    """Sign in with that account of another service from now on, whatever its address. Again: no effect.

    Raises OutsideAccountTaken where it opens somebody else's account, or another one of that service opens this one.
    Locks: the user; a unique key decides between two people at once.
    """
    try:
        with transaction.atomic():
            factors.lock(user)
            mine = SocialAccount.objects.filter(user=user, provider=service)
            if mine.filter(uid=subject).exists():
                return
            if mine.exists():
                raise OutsideAccountTaken
            SocialAccount.objects.create(user=user, provider=service, uid=subject)
            publish(OutsideAccountLinked(user_id=user.pk, provider=service), aggregate=f"user:{user.pk}", at=at)
    except IntegrityError:
        raise OutsideAccountTaken from None
