from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from shop.accounts import factors
from shop.accounts.events import SecondFactorRemoved
from shop.accounts.models import User
from shop.accounts.services.end_sign_ins import end_everything
from shop.core.errors import NotThere
from shop.core.outbox import publish


def reset_factors(*, user_id: int, at: datetime) -> int:
    """For somebody who lost them all: no second factor any more, and signed out everywhere. Returns how many went.

    Raises NotThere. Locks: the user.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=user_id, erased_at=None).first()
        if user is None:
            raise NotThere
        gone = len(factors.strong(factors.factors_of(user)))
        Authenticator.objects.filter(user=user).delete()
        end_everything(user)
        publish(SecondFactorRemoved(user_id=user.pk, factor="all"), aggregate=f"user:{user.pk}", at=at)
    return gone
