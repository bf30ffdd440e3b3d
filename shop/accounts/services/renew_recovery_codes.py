from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shop.accounts import factors
from shop.accounts.events import RecoveryCodesRenewed
from shop.accounts.models import User
from shop.core.errors import Conflict
from shop.core.outbox import publish


def renew_recovery_codes(*, user: User, at: datetime) -> list[str]:
    """New recovery codes in the place of the old ones. Raises Conflict without a second factor. Locks: the user."""
    with transaction.atomic():
        factors.lock(user)
        if not factors.strong(factors.factors_of(user)):
            raise Conflict(_("Set up an authenticator app or a passkey first."), code="no_second_factor")
        publish(RecoveryCodesRenewed(user_id=user.pk), aggregate=f"user:{user.pk}", at=at)
        return factors.give_recovery_codes(user)
