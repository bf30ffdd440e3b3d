from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shop.accounts.models import User
from shop.core.errors import Invalid
from shop.notifications.models import Notification
from shop.notifications.services.notify import enqueue

Channel, Status = Notification.Channel, Notification.Status


def write_to_person(
    *, recipient_id: int, channel: str, subject: str, message: str, reference: str = ""
) -> Notification:
    """A message that staff writes by hand. Raises Invalid by field: nobody there, or nowhere to send it."""
    recipient = User.objects.filter(pk=recipient_id, is_active=True).first()
    if recipient is None:
        raise Invalid(errors={"recipient": [_("There is no such person.")]})
    address = {Channel.EMAIL.value: recipient.email, Channel.SMS.value: recipient.phone}.get(channel, "")
    if channel in (Channel.EMAIL, Channel.SMS) and not address:
        raise Invalid(errors={"channel": [_("This person has no address for it.")]})
    here = channel == Channel.IN_APP
    with transaction.atomic():
        notification = Notification.objects.create(
            recipient=recipient, address=address, channel=channel, kind="by_hand", subject=subject, message=message,
            reference=reference, status=Status.SENT if here else Status.QUEUED,
        )  # fmt: skip
        if not here:
            enqueue(notification)
    return notification
