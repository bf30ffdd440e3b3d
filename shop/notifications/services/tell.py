from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shop.accounts.models import User
from shop.notifications.kinds import TRANSACTIONAL, Kind, Text, kinds
from shop.notifications.letters import compose, one_line, short_text
from shop.notifications.models import Notification
from shop.notifications.placeholders import fill
from shop.notifications.private_links import HIDDEN, HIDDEN_STOP
from shop.notifications.rules import once_key
from shop.notifications.selectors import channels_for, text_of
from shop.notifications.services.keep_from_erasure import keep_from_erasure
from shop.notifications.services.notify import enqueue
from shop.notifications.statuses import Channel


@dataclass(frozen=True)
class Reader:
    """Somebody who is told: an account, or a guest by address."""

    user: User | None = None
    email: str = ""
    phone: str = ""
    locale: str = ""


@dataclass(frozen=True)
class Happening:
    """What is told. `key` names it among all happenings of its kind, such as `42` or `42:7`; `facts` fill the
    placeholders of the text, `details` the template below it. A link that is a secret has a `link_maker` instead of
    its `url` (private_links.py)."""

    kind: str
    key: str
    facts: Mapping[str, str]
    url: str = ""
    link_maker: str = ""
    reference: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def tell(*, reader: Reader, what: Happening) -> list[Notification]:
    """Write a notice into the open transaction for each channel that the reader has and wants; tasks send them after
    the commit. Of the same happening a second notice by the same channel is not made; nothing is written for somebody
    whose account was closed meanwhile. Returns the new ones. Locks: the reader, against being erased."""
    if reader.user is not None and not keep_from_erasure(reader.user):
        return []
    kind, text = kinds[what.kind], text_of(what.kind, reader.locale)
    channels = channels_for(reader.user, kind.topic, email=reader.email, phone=reader.phone if text.sms else "")
    return [made for channel in channels if (made := _write(channel, reader, what, kind, text))]


def _write(channel: str, reader: Reader, what: Happening, kind: Kind, text: Text) -> Notification | None:
    user_id = reader.user.pk if reader.user else None
    once = once_key(kind=kind.name, happening=what.key, channel=channel, user_id=user_id, email=reader.email)
    words = WRITERS[Channel(channel)](reader, what, kind, text)
    shown = channel == Channel.IN_APP
    facts = words | {
        "recipient": reader.user, "channel": channel, "kind": kind.name, "locale": reader.locale,
        "reference": what.reference, "url": what.url, "link_maker": what.link_maker,
        "status": Notification.Status.SENT if shown else Notification.Status.QUEUED,
    }  # fmt: skip
    notification, made = Notification.objects.get_or_create(once_key=once, defaults=facts)
    if made and not shown:
        enqueue(notification)
    return notification if made else None


def _letter(reader: Reader, what: Happening, kind: Kind, text: Text) -> dict[str, Any]:
    letter = compose(
        kind, text, what.facts, url=HIDDEN if what.link_maker else what.url, details=what.details,
        locale=reader.locale, stop="" if kind.topic in TRANSACTIONAL else HIDDEN_STOP,
    )  # fmt: skip
    return {"address": reader.email, "subject": letter.subject, "message": letter.text, "html": letter.html}


def _sms(reader: Reader, what: Happening, kind: Kind, text: Text) -> dict[str, Any]:
    return {
        "address": reader.phone, "message": one_line(fill(text.sms, what.facts)),
        "sms_template_id": text.sms_template_id, "facts": dict(what.facts),
    }  # fmt: skip


def _note(reader: Reader, what: Happening, kind: Kind, text: Text) -> dict[str, Any]:
    return {"subject": one_line(fill(text.subject, what.facts)), "message": short_text(text, what.facts)}


WRITERS = {Channel.EMAIL: _letter, Channel.SMS: _sms, Channel.PUSH: _note, Channel.IN_APP: _note}
