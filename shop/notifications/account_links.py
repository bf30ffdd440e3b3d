"""The secret links of account mails."""

from __future__ import annotations

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.urls import reverse

from shop.accounts.services.make_reset_key import make_reset_key
from shop.notifications.models import Notification
from shop.notifications.private_links import private_link


@private_link("password_reset")
def reset_link(notification: Notification) -> str | None:
    user = notification.recipient
    if user is None or not user.is_active or user.email.lower() != notification.address.lower():
        return None
    return _absolute("accounts:password_reset_link", make_reset_key(user=user))


@private_link("verify_email")
def verification_link(notification: Notification) -> str | None:
    email_id = notification.reference.removeprefix("email:")
    waiting = EmailAddress.objects.filter(pk=email_id, verified=False, email=notification.address.lower()).first()
    return _absolute("accounts:verify", EmailConfirmationHMAC(waiting).key) if waiting else None


def _absolute(name: str, key: str) -> str:
    return settings.SITE_URL + reverse(name, args=[key])
