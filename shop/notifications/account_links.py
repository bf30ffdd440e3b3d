"""The secret links of account mails, and the codes of messages."""

from __future__ import annotations

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from shop.accounts.challenges import code_of
from shop.accounts.models import Challenge, EmailChange
from shop.accounts.services.make_reset_key import make_reset_key
from shop.accounts.services.undo_email_change import make_undo_key
from shop.accounts.statuses import LinkClient
from shop.notifications.models import Notification
from shop.notifications.private_links import private_link

# The view of the React client; the secret behind its # is sent to no server.
IN_THE_APP = {
    "accounts:password_reset_link": "/app/new-password",
    "accounts:verify": "/app/confirm-address",
    "accounts:email_undo": "/app/take-back",
}


@private_link("password_reset")
def reset_link(notification: Notification) -> str | None:
    user = notification.recipient
    if user is None or not user.is_active or user.email.lower() != notification.address.lower():
        return None
    return _absolute("accounts:password_reset_link", make_reset_key(user=user), notification)


@private_link("verify_new_email")
@private_link("verify_email")
def verification_link(notification: Notification) -> str | None:
    waiting = EmailAddress.objects.filter(pk=_about(notification), verified=False, email=notification.address.lower())
    email = waiting.first()
    return _absolute("accounts:verify", EmailConfirmationHMAC(email).key, notification) if email else None


@private_link("email_changed")
def undo_link(notification: Notification) -> str | None:
    change = EmailChange.objects.filter(pk=_about(notification), undone_at=None).first()
    return _absolute("accounts:email_undo", make_undo_key(change), notification) if change else None


@private_link("sign_in_code")
def code(notification: Notification) -> str | None:
    """No link: the code itself. None once it was used or has expired."""
    row = Challenge.objects.filter(pk=_about(notification), expires_at__gt=timezone.now()).first()
    return code_of(row) if row else None


def _about(notification: Notification) -> str:
    """The number in `email:12:app`."""
    return notification.reference.split(":")[1]


def _absolute(name: str, key: str, notification: Notification) -> str:
    if notification.reference.rpartition(":")[2] == LinkClient.APP:
        return f"{settings.SITE_URL}{IN_THE_APP[name]}#{key}"
    return settings.SITE_URL + reverse(name, args=[key])
