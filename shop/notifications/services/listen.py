from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from shop.accounts.models import User
from shop.core.errors import Conflict, Invalid
from shop.notifications.models import PushSubscription

MOST = 20  # browsers of one person; the oldest gives way


def listen(*, user: User, endpoint: str, p256dh: str, auth: str) -> PushSubscription:
    """A browser lets us write to it; the same one again, or signed in as somebody else, is one subscription.
    Raises Conflict where the shop has no push, Invalid for an address that belongs to no push service: we post
    there, so it may not be any address that somebody names."""
    if not settings.VAPID_PRIVATE_KEY:
        raise Conflict(_("This shop sends nothing to browsers."))
    if not _is_push_service(endpoint):
        raise Invalid(errors={"endpoint": [_("That is not the address of a known push service.")]})
    facts = {"user": user, "endpoint": endpoint, "p256dh": p256dh, "auth": auth}
    browser, _made = PushSubscription.objects.update_or_create(endpoint_hash=_digest(endpoint), defaults=facts)
    kept = PushSubscription.objects.filter(user=user).order_by("-pk").values("pk")[:MOST]
    PushSubscription.objects.filter(user=user).exclude(pk__in=[row["pk"] for row in kept]).delete()
    return browser


def stop_listening(*, user: User, endpoint: str) -> None:
    PushSubscription.objects.filter(user=user, endpoint_hash=_digest(endpoint)).delete()


def _is_push_service(endpoint: str) -> bool:
    url = urlsplit(endpoint)
    known = any(url.hostname == host or str(url.hostname).endswith(f".{host}") for host in settings.PUSH_HOSTS)
    return known and url.scheme == "https" and url.port in (None, 443) and not url.username


def _digest(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()
