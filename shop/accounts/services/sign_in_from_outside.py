from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shop.accounts import selectors
from shop.accounts.errors import OutsideAccountRefused
from shop.accounts.events import AccountOpened, OutsideAccountLinked
from shop.accounts.models import User
from shop.accounts.outside import Identity
from shop.core.outbox import publish


def sign_in_from_outside(*, identity: Identity, at: datetime, locale: str = "") -> User:
    """Whose account an account of another service opens; a first proof, as a password is.

    Linked by the service's own number for a person. The first time, by the e-mail address, if both sides have verified
    it: else whoever wrote a stranger's address into either side would get in. Nobody there: an account is opened.
    Raises OutsideAccountRefused. Locks: none; unique keys decide between two at once.
    """
    user = _linked(identity) or _link(identity, at, locale)
    if not user.is_active:
        raise OutsideAccountRefused
    return user


def _linked(identity: Identity) -> User | None:
    kept = SocialAccount.objects.filter(provider=identity.service, uid=identity.subject)
    found = kept.select_related("user").first()
    return found.user if found else None


def _link(identity: Identity, at: datetime, locale: str) -> User:
    if not identity.email_is_verified:
        raise OutsideAccountRefused(
            _("Your account there has no confirmed e-mail address. Confirm it there, or sign up.")
        )
    try:
        with transaction.atomic():
            user = selectors.by_email(identity.email) or _open(identity, at, locale)
            if not user.is_verified:
                raise OutsideAccountRefused(
                    _("There is an account with this address that was never confirmed. Sign in with its password and "
                      "open the link that we send.")
                )  # fmt: skip
            SocialAccount.objects.create(user=user, provider=identity.service, uid=identity.subject)
            publish(
                OutsideAccountLinked(user_id=user.pk, provider=identity.service), aggregate=f"user:{user.pk}", at=at
            )
    except IntegrityError:  # another window was faster by a moment
        again = _linked(identity)
        if again is None:
            raise OutsideAccountRefused from None
        return again
    return user


def _open(identity: Identity, at: datetime, locale: str) -> User:
    name = identity.email if not selectors.by_username(identity.email) else f"{identity.service}-{identity.subject}"
    user = User(username=name[:150], email=identity.email, name=identity.name, locale=locale, is_verified=True)
    user.set_unusable_password()
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    publish(AccountOpened(user_id=user.pk), aggregate=f"user:{user.pk}", at=at)
    return user
