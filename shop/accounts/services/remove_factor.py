from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from shop.accounts import factors, roles
from shop.accounts.errors import FactorNeeded
from shop.accounts.events import SecondFactorRemoved
from shop.accounts.models import User
from shop.core.errors import NotThere
from shop.core.outbox import publish


def remove_factor(*, user: User, kind: str, at: datetime, factor_id: int | None = None) -> None:
    """Take away the authenticator app, or one passkey; with the last one the recovery codes go.

    Raises NotThere, FactorNeeded (staff keep one). Locks: the user.
    """
    with transaction.atomic():
        factors.lock(user)
        kept = factors.strong(factors.factors_of(user))
        gone = [each for each in kept if each.type == kind and factor_id in (None, each.pk)]
        if not gone:
            raise NotThere
        if len(kept) == len(gone) and roles.needs_second_factor(user):
            raise FactorNeeded
        Authenticator.objects.filter(pk__in=[each.pk for each in gone]).delete()
        if len(kept) == len(gone):
            Authenticator.objects.filter(user=user).delete()
        publish(SecondFactorRemoved(user_id=user.pk, factor=kind), aggregate=f"user:{user.pk}", at=at)
