"""Mails about accounts. Each event is applied once (the outbox remembers)."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from shop.accounts import events
from shop.accounts.limits import MAILS_TO_ACCOUNT
from shop.accounts.models import Challenge, EmailChange, User
from shop.accounts.statuses import LinkClient
from shop.core import limits
from shop.core.dates import zoned_text
from shop.core.outbox import Message, subscribe
from shop.notifications.account_changes import unknown_device, what_changed
from shop.notifications.services.notify import notify
from shop.notifications.services.send_code import send_code


@subscribe(events.VerificationAsked.name)
def ask_to_verify(message: Message) -> None:
    waiting = EmailAddress.objects.select_related("user").filter(pk=message.payload["email_id"], verified=False).first()
    if waiting:
        kind = "verify_email" if waiting.primary else "verify_new_email"
        _write(waiting.user, kind, message, address=waiting.email, reference=f"email:{waiting.pk}:{_client(message)}")


@subscribe(events.PasswordResetAsked.name)
def send_reset_link(message: Message) -> None:
    _write(_person(message), "password_reset", message, reference=f"client:{_client(message)}")


@subscribe(events.EmailTaken.name)
def tell_owner_of_address(message: Message) -> None:
    """Somebody tried to sign up with, or move to, the address of this account."""
    _write(_person(message), "account_exists", message, action_url=settings.SITE_URL + reverse("accounts:login"))


@subscribe(events.PasswordChanged.name)
def tell_of_new_password(message: Message) -> None:
    url = settings.SITE_URL + reverse("accounts:password_reset")
    _write(_person(message), "password_changed", message, action_url=url)


@subscribe(events.EmailChanged.name)
def tell_old_address(message: Message) -> None:
    """To the address that gave way, with a way back for a week."""
    change = EmailChange.objects.select_related("user").filter(pk=message.payload["change_id"]).first()
    if change and change.user.is_active:
        reference = f"email_change:{change.pk}:{_client(message)}"
        shown = _masked(change.new_email)
        _write(change.user, "email_changed", message, address=change.old_email, reference=reference, new_email=shown)


@subscribe(events.SecondFactorAdded.name)
def tell_of_new_factor(message: Message) -> None:
    _security(message, added=True)


@subscribe(events.SecondFactorRemoved.name)
def tell_of_lost_factor(message: Message) -> None:
    _security(message, added=False)


@subscribe(events.OutsideAccountLinked.name)
def tell_of_linked_service(message: Message) -> None:
    _security(message, added=True, factor="outside")


@subscribe(events.PhoneConfirmed.name)
def tell_of_number(message: Message) -> None:
    """Both: whoever signs in with it now, and whoever no longer does."""
    _security(message, added=True, factor="phone")
    if former := message.payload.get("former_user_id"):
        user = User.objects.filter(pk=former, is_active=True).first()
        _security(message, added=False, factor="phone", user=user)


@subscribe(events.CodeAsked.name)
def send_asked_code(message: Message) -> None:
    """Nothing for a number that nobody signs in with."""
    row = Challenge.objects.select_related("user").filter(pk=message.payload["challenge_id"]).first()
    if row and row.user and row.user.is_active and message.payload["user_id"]:
        send_code(user=row.user, phone=row.phone, challenge_id=row.pk, once_key=f"event:{message.id}")


@subscribe(events.NewDeviceSignedIn.name)
def tell_of_new_device(message: Message) -> None:
    """No town: a network tells it too badly to be named to somebody who is worried."""
    person, url = _person(message), settings.SITE_URL + reverse("accounts:devices")
    if person is None:
        return
    device = message.payload["device"] or unknown_device(person.locale)
    at = zoned_text(message.occurred_at, person.locale or settings.LANGUAGE_CODE)
    _write(person, "new_device", message, device=device, time=at, action_url=url)


def _security(message: Message, *, added: bool, factor: str = "", user: User | None = None) -> None:
    url, person = settings.SITE_URL + reverse("accounts:security"), user or _person(message)
    if person is None:
        return
    change = what_changed(factor=factor or message.payload["factor"], added=added, locale=person.locale)
    _write(person, "security_changed", message, key=f":{added}", change=change, action_url=url)


def _client(message: Message) -> str:
    """Where the link leads. Older messages say nothing."""
    return str(message.payload.get("client", LinkClient.PAGES.value))


def _masked(email: str) -> str:
    """The old address may be a stranger's by now: enough to know one's own new address by."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}"


def _person(message: Message) -> User | None:
    return User.objects.filter(pk=message.payload["user_id"], is_active=True).first()


def _write(
    user: User | None, kind: str, message: Message, *, address: str = "", reference: str = "", key: str = "", **context
) -> None:
    """At most a few of a kind in an hour: whoever knows an address must not be able to flood it."""
    address = address or (user.email if user else "")
    if user is None or not address:
        return
    try:
        limits.count(MAILS_TO_ACCOUNT, f"{kind}:{address.lower()}")
    except limits.TooMany:
        return
    once = f"event:{message.id}{key}"
    notify(recipient=user, address=address, kind=kind, context=context, reference=reference, once_key=once)
