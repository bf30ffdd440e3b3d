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

IN_THE_APP = "/app/new-password"


@private_link("password_reset")
def reset_link(notification: Notification) -> str | None:
    user = notification.recipient
    if user is None or not user.is_active or user.email.lower() != notification.address.lower():
        return None
    key = make_reset_key(user=user)
    if notification.reference == f"client:{LinkClient.APP}":
        return f"{settings.SITE_URL}{IN_THE_APP}#{key}"  # what stands behind the # is sent to no server
    return _absolute("accounts:password_reset_link", key)


@private_link("verify_email")
def verification_link(notification: Notification) -> str | None:
    email_id = notification.reference.removeprefix("email:")
    waiting = EmailAddress.objects.filter(pk=email_id, verified=False, email=notification.address.lower()).first()
    return _absolute("accounts:verify", EmailConfirmationHMAC(waiting).key) if waiting else None


@private_link("email_changed")
def undo_link(notification: Notification) -> str | None:
    change = EmailChange.objects.filter(pk=notification.reference.removeprefix("email_change:"), undone_at=None).first()
    return _absolute("accounts:email_undo", make_undo_key(change)) if change else None


@private_link("sign_in_code")
def code(notification: Notification) -> str | None:
    """No link: the code itself. None once it was used or has expired."""
    pk = notification.reference.removeprefix("challenge:")
    row = Challenge.objects.filter(pk=pk, expires_at__gt=timezone.now()).first()
    return code_of(row) if row else None


def _absolute(name: str, key: str) -> str:
    return settings.SITE_URL + reverse(name, args=[key])
