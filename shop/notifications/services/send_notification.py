from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q

from shop.core.db import forbid_in_transaction
from shop.notifications.letters import Letter, write_letter
from shop.notifications.models import Notification
from shop.notifications.private_links import is_private, link_of


def send_notification(*, notification_id: int, at: datetime) -> bool:
    """Send a notice, once; returns whether this call sent it. Raises what the mail server raised: try again later.

    `sent_at` is the claim: set before the mail goes out, taken back when the server refused it. A process that dies
    between the two leaves the claim, and the notice is not sent again (services/give_up_on_stuck.py says so).
    """
    forbid_in_transaction("mail")
    unsent = Q(status__in=[Notification.Status.QUEUED, Notification.Status.FAILED], sent_at=None)
    if not Notification.objects.filter(unsent, pk=notification_id).update(sent_at=at):
        return False
    notification = Notification.objects.select_related("recipient").get(pk=notification_id)
    try:
        refusal = _send(notification)
    except Exception as error:
        _note(notification, Notification.Status.FAILED, f"{type(error).__name__}: {error}"[:500], None)
        raise
    _note(notification, Notification.Status.FAILED if refusal else Notification.Status.SENT, refusal, at)
    return not refusal


def _send(notification: Notification) -> str:
    """Hand it to its channel. Returns why it was not sent, where trying again is no use."""
    if notification.channel != Notification.Channel.EMAIL:
        return f"This shop has no service for {notification.get_channel_display()}."
    letter = Letter(notification.subject, notification.message, notification.html)
    if is_private(notification.kind):
        link = link_of(notification)
        if link is None:
            return "No longer wanted."
        locale = notification.recipient.locale if notification.recipient else ""
        letter = write_letter(notification.kind, {"recipient": notification.recipient, "action_url": link}, locale)
    _mail(letter, notification.address)
    return ""


def _mail(letter: Letter, address: str) -> None:
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[address])
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    mail.send()


def _note(notification: Notification, status: str, error: str, sent_at: datetime | None) -> None:
    # Read meanwhile in the shop? Then it stays read.
    mine = Notification.objects.filter(pk=notification.pk).exclude(status=Notification.Status.READ)
    mine.update(status=status, error=error, sent_at=sent_at)
