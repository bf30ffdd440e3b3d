"""Mails about accounts. Each event is applied once (the outbox remembers)."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from shop.accounts import events
from shop.accounts.limits import MAILS_TO_ACCOUNT
from shop.accounts.models import User
from shop.core import limits
from shop.core.outbox import Message, subscribe
from shop.notifications.services.notify import notify


@subscribe(events.VerificationAsked.name)
def ask_to_verify(message: Message) -> None:
    waiting = EmailAddress.objects.select_related("user").filter(pk=message.payload["email_id"], verified=False).first()
    if waiting:
        _write(waiting.user, "verify_email", message, address=waiting.email, reference=f"email:{waiting.pk}")


@subscribe(events.PasswordResetAsked.name)
def send_reset_link(message: Message) -> None:
    _write(_person(message), "password_reset", message)


@subscribe(events.EmailTaken.name)
def tell_owner_of_address(message: Message) -> None:
    """Somebody tried to sign up with, or move to, the address of this account."""
    _write(_person(message), "account_exists", message, action_url=settings.SITE_URL + reverse("accounts:login"))


@subscribe(events.PasswordChanged.name)
def tell_of_new_password(message: Message) -> None:
    url = settings.SITE_URL + reverse("accounts:password_reset")
    _write(_person(message), "password_changed", message, action_url=url)


def _person(message: Message) -> User | None:
    return User.objects.filter(pk=message.payload["user_id"], is_active=True).first()


def _write(
    user: User | None, kind: str, message: Message, *, address: str = "", reference: str = "", **context
) -> None:
    """At most a few of a kind in an hour: whoever knows an address must not be able to flood it."""
    address = address or (user.email if user else "")
    if user is None or not address:
        return
    try:
        limits.count(MAILS_TO_ACCOUNT, f"{kind}:{address.lower()}")
    except limits.TooMany:
        return
    once = f"event:{message.id}"
    notify(recipient=user, address=address, kind=kind, context=context, reference=reference, once_key=once)
