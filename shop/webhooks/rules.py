"""What may be told, how a message is signed, and when a failed one is tried again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from shop.core.outbox.publishing import known_events

# Families of events that third parties may ask for. Accounts and the shop's own housekeeping are nobody else's matter.
FAMILIES = ("order", "payment", "fulfillment", "return", "product", "products", "category", "price", "stock")
PRIVATE = frozenset({"order.refund_due"})
PAUSES = tuple(
    timedelta(**pause)
    for pause in (
        {"seconds": 10}, {"minutes": 1}, {"minutes": 5}, {"minutes": 30}, {"hours": 2}, {"hours": 5}, {"hours": 10},
        {"hours": 20},
    )
)  # fmt: skip
MAX_ATTEMPTS = len(PAUSES) + 1
GIVEN_UP_AFTER = timedelta(days=1)  # of failures without a success
GONE = 410  # the receiver says: never again


def public_events() -> list[str]:
    return sorted(name for name in known_events if name.partition(".")[0] in FAMILIES and name not in PRIVATE)


def is_success(code: int | None) -> bool:
    return code is not None and 200 <= code < 300


def pause_after(attempts: int) -> timedelta | None:
    """Until the next attempt; None when there is none."""
    return PAUSES[attempts - 1] if attempts < MAX_ATTEMPTS else None


def body_of(name: str, occurred_at: datetime, data: Mapping[str, Any]) -> str:
    message = {"type": name, "timestamp": occurred_at.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def signature(key: bytes, *, message_id: str, sent_at: int, body: bytes) -> str:
    """As Standard Webhooks has it: HMAC-SHA256 over `id.timestamp.body`, in base64."""
    signed = f"{message_id}.{sent_at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers_of(keys: Iterable[bytes], *, message_id: str, sent_at: datetime, body: bytes) -> dict[str, str]:
    seconds = int(sent_at.timestamp())
    signatures = [signature(key, message_id=message_id, sent_at=seconds, body=body) for key in keys]
    return {
        "Content-Type": "application/json",
        "User-Agent": "EcommApp-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signatures),
    }
