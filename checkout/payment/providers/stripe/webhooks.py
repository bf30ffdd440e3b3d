"""Webhooks: signed over the time of sending and the raw bytes, believed only as a hint of what to ask about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import stripe
from django.conf import settings

from checkout.payment.errors import BadMessage, BadSignature
from checkout.payment.ports import GatewayMessage
from checkout.payment.providers.stripe.checks import is_live
from checkout.payment.providers.stripe.ids import is_id

TOLERANCE_SECONDS = 300
EVENT_ID = re.compile(r"evt_[A-Za-z0-9]{1,90}")


def read(body: bytes, headers: Mapping[str, str], *, secrets: Iterable[str]) -> GatewayMessage:
    """Verify and parse. Raises BadSignature, BadMessage."""
    header = headers.get("Stripe-Signature", "")
    if not any(_is_signed(body, header, secret) for secret in secrets if secret):
        raise BadSignature
    return parse(body)


def _is_signed(body: bytes, header: str, secret: str) -> bool:
    """The SDK compares in constant time, and refuses what was signed more than five minutes ago."""
    try:
        return stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE_SECONDS)
    except (stripe.SignatureVerificationError, ValueError, IndexError, TypeError):  # odd bytes, an odd header
        return False


def parse(body: bytes) -> GatewayMessage:
    try:
        message = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise BadMessage from None
    name = message.get("type") if isinstance(message, dict) else None
    if not isinstance(name, str) or not name.isprintable():  # a NUL or half a character cannot be stored
        raise BadMessage
    if not EVENT_ID.fullmatch(str(message.get("id"))):
        raise BadMessage
    if message.get("livemode") is not is_live(settings.STRIPE_SECRET_KEY):
        raise BadMessage  # of the test mode to a live shop, or the reverse
    data = message.get("data")
    entity = data.get("object") if isinstance(data, dict) else None
    entity = entity if isinstance(entity, dict) else {}
    return GatewayMessage(event_id=message["id"], name=name[:80], **_ids(entity))


def _ids(entity: Mapping[str, Any]) -> dict[str, str]:
    """Which session, payment, refund or dispute it is about."""
    key, kind, intent = entity.get("id"), entity.get("object"), entity.get("payment_intent")
    payment_id = key if kind == "payment_intent" else intent
    return {
        "order_id": str(key) if kind == "checkout.session" and is_id("cs", key) else "",
        "payment_id": str(payment_id) if is_id("pi", payment_id) else "",
        "refund_id": str(key) if kind == "refund" and is_id("re", key) else "",
        "dispute_id": str(key) if kind == "dispute" and is_id("dp", key) else "",
    }
