from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import IntegrityError, transaction
from django.utils import timezone

from shop.accounts.errors import LinkInvalid
from shop.accounts.events import EmailChanged, EmailVerified
from shop.accounts.models import EmailChange, User
from shop.accounts.statuses import LinkClient
from shop.core.outbox import publish


def email_of_key(key: str) -> EmailAddress:
    """The address that a link from a mail confirms. Raises LinkInvalid."""
    confirmation = EmailConfirmationHMAC.from_key(key)
    if confirmation is None or not confirmation.email_address.user.is_active:
        raise LinkInvalid
    return confirmation.email_address


def verify_email(*, key: str, at: datetime | None = None, client: str = LinkClient.PAGES) -> User:
    """Take the address of a link as the user's own and verified. Raises LinkInvalid, also when somebody else took it.

    A verified address that gives way to it is told, with a way back: to the client in which this happens (`client`).
    Locks: the user.
    """
    try:
        with transaction.atomic():
            address = email_of_key(key)
            user = User.objects.select_for_update().get(pk=address.user_id)
            if user.is_verified and user.email.lower() != address.email.lower():
                _note_change(user, address.email, at or timezone.now(), client)
            _take(user, address.email)
            publish(EmailVerified(user_id=user.pk), aggregate=f"user:{user.pk}")
    except IntegrityError:
        raise LinkInvalid from None
    return user


def _note_change(user: User, email: str, at: datetime, client: str) -> None:
    """Only a verified address gets a way back: one that was never confirmed may be a stranger's."""
    change = EmailChange.objects.create(user=user, old_email=user.email, new_email=email, changed_at=at)
    changed = EmailChanged(user_id=user.pk, change_id=change.pk, client=LinkClient(client).value)
    publish(changed, aggregate=f"user:{user.pk}", at=at)


def _take(user: User, email: str) -> None:
    if user.username.lower() == user.email.lower():
        user.username = email
    user.email, user.is_verified = email, True
    user.save(update_fields=["email", "username", "is_verified"])
    others = EmailAddress.objects.filter(user=user)
    others.exclude(email=email).delete()
    others.filter(email=email).update(verified=True, primary=True)
