"""Second factors: allauth's authenticators, their secrets encrypted, a code good for one use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shop.accounts.models import User
from shop.core.encryption import decrypt, encrypt
from shop.core.secret_places import keeps_secrets

Type = Authenticator.Type
TOTP, RECOVERY_CODES, PASSKEY = Type.TOTP.value, Type.RECOVERY_CODES.value, Type.WEBAUTHN.value
SECRETS = ("secret", "seed")  # of an authenticator's data


class Adapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME


def factors_of(user: User) -> list[Authenticator]:
    """The oldest first. One query."""
    return list(Authenticator.objects.filter(user=user).order_by("pk"))


def strong(factors: list[Authenticator]) -> list[Authenticator]:
    """Those that count as a second factor: recovery codes alone only replace one."""
    return [factor for factor in factors if factor.type != RECOVERY_CODES]


def lock(user: User) -> None:
    """Of two changes at once the second sees the first. Locks: the user."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)


def is_right_code(user: User, typed: str) -> bool:
    """Whether this is the code that the app shows now, or a recovery code that was not used. Uses it up.

    Locks: the authenticator, so that of one code typed twice at once the second finds it used.
    """
    with transaction.atomic():
        kept = Authenticator.objects.select_for_update().filter(user=user, type__in=[TOTP, RECOVERY_CODES])
        for factor in kept.order_by("type"):
            right = _is_totp(factor, typed) if factor.type == TOTP else RecoveryCodes(factor).validate_code(typed)
            if right:
                factor.refresh_from_db(fields=["data"]) if factor.type == RECOVERY_CODES else None
                factor.last_used_at = timezone.now()
                factor.save(update_fields=["data", "last_used_at"])
                return True
    return False


def counter_of(secret: str, typed: str) -> int | None:
    """Which half minute a code of a seed belongs to, if it is one of now."""
    for counter in totp.yield_hotp_counters_from_time():
        if totp.compare_user_code(actual=typed, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))):
            return counter
    return None


def _is_totp(factor: Authenticator, typed: str) -> bool:
    """A code works once (RFC 6238, 5.2). The row remembers it: allauth's own memory is the cache, which may be gone."""
    counter = counter_of(decrypt(factor.data["secret"]), typed)
    if counter is None or counter <= factor.data.get("used", 0):
        return False
    factor.data["used"] = counter
    return True


def codes_left(factors: list[Authenticator]) -> list[str]:
    return [
        code for factor in factors if factor.type == RECOVERY_CODES for code in RecoveryCodes(factor).get_unused_codes()
    ]


def give_recovery_codes(user: User) -> list[str]:
    """New ones; the old ones end. Call inside a transaction that has locked the user."""
    Authenticator.objects.filter(user=user, type=RECOVERY_CODES).delete()
    return RecoveryCodes.activate(user).get_unused_codes()


@keeps_secrets("second factors")
def rewrite_secrets(change: Callable[[str], str]) -> int:
    """Locks: the authenticators, by primary key."""
    count = 0
    for factor in Authenticator.objects.select_for_update().filter(type__in=[TOTP, RECOVERY_CODES]).order_by("pk"):
        kept: dict[str, Any] = factor.data
        changed = {name: change(kept[name]) for name in SECRETS if name in kept}
        Authenticator.objects.filter(pk=factor.pk).update(data=kept | changed)
        count += len(changed)
    return count
