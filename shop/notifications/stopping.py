"""The link in a letter that ends letters of its topic (RFC 8058). Signed, so that nobody ends another's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from shop.notifications.kinds import topic_of
from shop.notifications.models import Notification

SALT = "shop.notifications.stop"


def stop_link(notification: Notification) -> str:
    who = {"u": notification.recipient_id} if notification.recipient_id else {"e": notification.address}
    token = signing.dumps(who | {"t": topic_of(notification.kind)}, salt=SALT)
    return settings.SITE_URL + reverse("notices:stop", args=[token])


def read_token(token: str) -> dict[str, Any] | None:
    """`{u: user id or e: address, t: topic}`; None for what we did not sign."""
    try:
        return signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
