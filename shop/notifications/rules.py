"""Who hears what by which way, before they say otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from shop.notifications.kinds import TRANSACTIONAL, Topic
from shop.notifications.statuses import Channel

CHOOSABLE = (Topic.ORDERS, Topic.STOCK, Topic.REVIEWS, Topic.STAFF)
Key = tuple[str, str]  # topic, channel


def is_locked(topic: str, channel: str) -> bool:
    """What nobody can switch off."""
    return channel == Channel.EMAIL and topic in TRANSACTIONAL


def is_wanted(topic: str, channel: str, said: Mapping[Key, bool]) -> bool:
    """By SMS only what was agreed in an order: for news India's rules (TCCCPR) ask for consent first."""
    if is_locked(topic, channel):
        return True
    return said.get((topic, channel), channel != Channel.SMS or topic == Topic.ORDERS)


def once_key(*, kind: str, happening: str, channel: str, user_id: int | None, email: str) -> str:
    who = f"u{user_id}" if user_id else hashlib.sha256(email.lower().encode()).hexdigest()[:16]
    return f"{kind}:{happening}:{channel}:{who}"
