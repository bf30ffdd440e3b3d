from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import signing
from django.db import IntegrityError, transaction

from shop.accounts.errors import LinkInvalid
from shop.accounts.events import EmailChangeUndone
from shop.accounts.models import EmailChange, User
from shop.accounts.services.end_sign_ins import end_everything
from shop.core.outbox import publish

LIFE = timedelta(days=7)
SALT = "shop.accounts.undo_email_change"


def make_undo_key(change: EmailChange) -> str:
    """The secret of the link that the old address gets."""
    return signing.dumps(change.pk, salt=SALT)


def change_of_key(key: str, at: datetime) -> EmailChange:
    """Raises LinkInvalid: used, older than a week, tampered with."""
    try:
        pk = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        raise LinkInvalid from None
    found = EmailChange.objects.filter(pk=pk, undone_at=None, changed_at__gt=at - LIFE, user__is_active=True).first()
    if found is None:
        raise LinkInvalid
    return found


def undo_email_change(*, key: str, at: datetime) -> User:
    """Give an account back to the owner of its old address: somebody who knew the password took it.

    So the password ends too, with every session, and what was added since: second factors, other services, a number.
    The owner chooses a new password next. Raises LinkInvalid, also where somebody else has the old address by now.
    Locks: the user.
    """
    try:
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=change_of_key(key, at).user_id)
            change = change_of_key(key, at)
            _give_back(user, change)
            _take_away_since(user, change.changed_at)
            since = EmailChange.objects.filter(user=user, undone_at=None, changed_at__gte=change.changed_at)
            since.update(undone_at=at)
            end_everything(user)
            publish(EmailChangeUndone(user_id=user.pk, change_id=change.pk), aggregate=f"user:{user.pk}", at=at)
    except IntegrityError:
        raise LinkInvalid from None
    return user


def _give_back(user: User, change: EmailChange) -> None:
    if user.username.lower() == user.email.lower():
        user.username = change.old_email
    user.email, user.is_verified = change.old_email, True
    user.set_unusable_password()
    user.save(update_fields=["username", "email", "is_verified", "password"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=change.old_email.lower(), primary=True, verified=True)


def _take_away_since(user: User, moment: datetime) -> None:
    Authenticator.objects.filter(user=user, created_at__gte=moment).delete()
    SocialAccount.objects.filter(user=user, date_joined__gte=moment).delete()
    if user.phone_verified_at and user.phone_verified_at >= moment:
        user.phone_verified_at = None
        user.save(update_fields=["phone_verified_at"])
