"""Second factors in tests: an authenticator app that is set up, and what it shows."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value

from shop.accounts.models import User
from shop.core.encryption import encrypt


def code_of_app(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def give_app(user: User) -> str:
    """The seed."""
    secret = generate_totp_secret()
    Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(secret)})
    return secret


def give_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()
