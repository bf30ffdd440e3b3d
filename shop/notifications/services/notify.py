from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.module_loading import import_string

from shop.accounts.models import User
from shop.notifications.kinds import kinds
from shop.notifications.letters import Letter, compose, write_letter
from shop.notifications.models import Notification
from shop.notifications.private_links import HIDDEN, is_private
from shop.notifications.selectors import text_of
from shop.notifications.services.keep_from_erasure import keep_from_erasure

SEND = "shop.notifications.tasks.send"  # by name: tasks stand above services


def notify(
    *,
    recipient: User | None,
    address: str,
    kind: str,
    context: Mapping[str, Any],
    reference: str = "",
    once_key: str | None = None,
    locale: str = "",
) -> Notification | None:
    """Write a mail to one address into the open transaction, whatever the person said of channels; a task sends it after
    the commit. Without an address it stays in the shop. A second one with the same `once_key` is not made: the first is
    returned.

    `context` fills the kind's text, or its templates where it has none that is edited (templates/email/<kind>);
    `action_url` in it is where the button leads. `reference` is a word such as `order:42`. `locale` is the recipient's
    own unless given. Nothing (None) is written for somebody whose account was closed meanwhile.

    Locks: the recipient, against being erased.
    """
    if recipient is not None and not keep_from_erasure(recipient):
        return None
    locale = locale or (recipient.locale if recipient else "")
    known = dict(context) | ({"action_url": HIDDEN} if is_private(kind) else {})
    letter = _letter(kind, known, locale)
    facts = {
        "recipient": recipient, "address": address, "kind": kind, "reference": reference, "subject": letter.subject,
        "message": letter.text, "html": letter.html, "locale": locale, "link_maker": kind if is_private(kind) else "",
        "channel": Notification.Channel.EMAIL if address else Notification.Channel.IN_APP,
        "status": Notification.Status.QUEUED if address else Notification.Status.SENT,
    }  # fmt: skip
    if once_key is None:
        notification, made = Notification.objects.create(**facts), True
    else:
        notification, made = Notification.objects.get_or_create(once_key=once_key, defaults=facts)
    if made and address:
        enqueue(notification)
    return notification


def _letter(kind: str, known: dict[str, Any], locale: str) -> Letter:
    if kind not in kinds:
        return write_letter(kind, known, locale)
    return compose(
        kinds[kind], text_of(kind, locale), known, url=known.get("action_url", ""), details={}, locale=locale
    )  # fmt: skip


def enqueue(notification: Notification) -> None:
    """Have it sent after the commit."""
    import_string(SEND).enqueue(notification.pk)
