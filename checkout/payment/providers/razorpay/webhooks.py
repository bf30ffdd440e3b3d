"""Webhooks: signed over the raw bytes, believed only as a hint of what to ask about."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from checkout.payment.errors import BadMessage, BadSignature
from checkout.payment.ports import GatewayMessage
from checkout.payment.providers.razorpay.client import is_id
from checkout.payment.providers.razorpay.signatures import is_signed

EVENT_ID = re.compile(r"[\x21-\x7e]{1,100}")


def read(body: bytes, headers: Mapping[str, str], *, secrets: Iterable[str], account_id: str = "") -> GatewayMessage:
    """Verify and parse; where an account is named, only its messages. Raises BadSignature, BadMessage."""
    if not is_signed(body, headers.get("X-Razorpay-Signature"), secrets):
        raise BadSignature
    if account_id and _account_of(body) != account_id:
        raise BadMessage
    # The event id is no part of what is signed. Without one, the same bytes are the same event.
    event_id = headers.get("X-Razorpay-Event-Id", "")
    return parse(body, event_id=event_id if EVENT_ID.fullmatch(event_id) else hashlib.sha256(body).hexdigest())


def parse(body: bytes, *, event_id: str) -> GatewayMessage:
    try:
        message = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise BadMessage from None
    name = message.get("event") if isinstance(message, dict) else None
    if not isinstance(name, str) or not name.isprintable():  # a NUL or half a character cannot be stored
        raise BadMessage
    payment, refund, dispute = (_entity(message, kind) for kind in ("payment", "refund", "dispute"))
    return GatewayMessage(
        event_id=event_id,
        name=name[:80],
        order_id=_id("order", _entity(message, "order").get("id")) or _id("order", payment.get("order_id")),
        payment_id=_id("pay", payment.get("id")) or _id("pay", refund.get("payment_id")),
        refund_id=_id("rfnd", refund.get("id")),
        dispute_id=_id("disp", dispute.get("id")),
    )


def _account_of(body: bytes) -> object:
    try:
        message = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise BadMessage from None
    return message.get("account_id") if isinstance(message, dict) else None


def _entity(message: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    part = message.get("payload")
    for name in (kind, "entity"):
        part = part.get(name) if isinstance(part, dict) else None
    return part if isinstance(part, dict) else {}


def _id(kind: str, value: object) -> str:
    return str(value) if is_id(kind, value) else ""
