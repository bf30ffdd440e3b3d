from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from shop.accounts import challenges, factors, passkeys
from shop.accounts.errors import ChallengeOver
from shop.accounts.events import SecondFactorAdded
from shop.accounts.models import Challenge, User
from shop.core.errors import Conflict
from shop.core.outbox import publish

MOST = 20
LONGEST_NAME = 60


def begin(*, user: User, at: datetime) -> tuple[dict[str, Any], str]:
    """What the browser is given, and the key of the challenge."""
    options, state = passkeys.registration(user)
    _row, key = challenges.open_challenge(purpose=Challenge.Purpose.PASSKEY, at=at, user=user, secret=state)
    return options, key


def add_passkey(
    *, user: User, key: str, credential: dict[str, Any], name: str, at: datetime
) -> tuple[Authenticator, list[str]]:
    """Keep a passkey. Returns it with new recovery codes, if there were none: show them once.

    Raises WrongCode, ChallengeOver, Conflict (too many). Locks: the user.
    """
    row = challenges.count_try(key, Challenge.Purpose.PASSKEY, at)
    if row.user_id != user.pk:
        raise ChallengeOver
    passkeys.check_registration(row.secret, credential)
    with transaction.atomic():
        factors.lock(user)
        kept = factors.factors_of(user)
        if len(kept) >= MOST:
            raise Conflict(_("No more passkeys can be kept. Remove one first."), code="too_many_passkeys")
        challenges.use(row)
        data = {"name": name.strip()[:LONGEST_NAME] or _("Passkey"), "credential": credential}
        made = Authenticator.objects.create(user=user, type=factors.PASSKEY, data=data, created_at=at)
        publish(SecondFactorAdded(user_id=user.pk, factor=factors.PASSKEY), aggregate=f"user:{user.pk}", at=at)
        return made, [] if factors.codes_left(kept) else factors.give_recovery_codes(user)
