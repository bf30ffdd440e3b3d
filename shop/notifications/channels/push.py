"""Web Push (RFC 8030, 8291, 8292): to every browser that a person let us write to."""

from __future__ import annotations

import base64
import json
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from shop.notifications.errors import Undeliverable
from shop.notifications.models import Notification, PushSubscription

SECONDS = 10
KEPT_SECONDS = 24 * 3600  # a telephone that is off hears it when it is on again
GONE = (404, 410)


def send_push(notification: Notification) -> None:
    """Handed over when one browser has it. One that is gone is forgotten; when all others fail another try follows:
    the topic and the tag, which name the notice, let a browser show it once."""
    if not settings.VAPID_PRIVATE_KEY:
        raise Undeliverable("This shop has no service for Push.")
    browsers = list(PushSubscription.objects.filter(user=notification.recipient).order_by("pk"))
    failures = [failure for browser in browsers if (failure := _send(browser, notification)) is not None]
    if browsers and len(failures) < len(browsers):
        return
    if temporary := [failure for failure in failures if failure not in GONE]:
        raise ConnectionError(f"The push services answered {temporary}.")
    raise Undeliverable("No browser of this person listens any more.")


def _send(browser: PushSubscription, notification: Notification) -> int | None:
    """None when it was taken, else the status (0: no answer)."""
    address = urlsplit(browser.endpoint)
    try:
        webpush(
            {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}},
            data=json.dumps(payload(notification)),
            vapid_private_key=_key(settings.VAPID_PRIVATE_KEY),
            vapid_claims={
                "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
                "aud": f"{address.scheme}://{address.netloc}",
            },
            ttl=KEPT_SECONDS,
            timeout=SECONDS,
            headers={"Topic": f"notice-{notification.pk}"},
        )
    except WebPushException as error:
        status = error.response.status_code if error.response is not None else 0
        if status in GONE:
            browser.delete()
        return status
    except OSError:  # no answer: requests' errors are among these
        return 0
    return None


def payload(notification: Notification) -> dict[str, str]:
    return {
        "title": notification.subject,
        "body": notification.message[:500],
        "url": notification.url or f"{settings.SITE_URL}/account/notices/",
        "tag": f"notice-{notification.pk}",
        "lang": notification.locale,
    }


@lru_cache(maxsize=4)
def _key(pem: str) -> Vapid02:
    return Vapid02.from_pem(pem.encode())


def public_key() -> str:
    """What browsers are given to subscribe with; empty without push."""
    if not settings.VAPID_PRIVATE_KEY:
        return ""
    point = _key(settings.VAPID_PRIVATE_KEY).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
