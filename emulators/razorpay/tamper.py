"""Webhook deliveries by hand: in any order, several times, at once, or spoiled."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .account import Account
from .errors import ApiError
from .send import Attempt, send_once
from .signatures import sign_bytes
from .webhooks import Delivery

SIGNATURE = "X-Razorpay-Signature"
EVENT_ID = "x-razorpay-event-id"
KINDS = (
    "body_byte",
    "signature_wrong",
    "signature_missing",
    "signature_upper",
    "signature_old",
    "reserialized",
    "no_event_id",
    "account_id",
)


def deliver_by_hand(account: Account, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Send `{ids?, order?, copies?, parallel?, tamper?, delay?}` now and return every attempt.

    Without `ids`, all that are pending. `order` is `given`, `reversed` or `random`. A clean copy that gets a
    2xx settles its delivery; a tampered one leaves it as it is. Signed with the endpoint's present secret.
    """
    tamper = data.get("tamper")
    if tamper not in (None, *KINDS):
        raise ApiError(f"No tampering {tamper}.", field="tamper")
    with account.lock:
        chosen = _choose(account, data) * int(data.get("copies", 1))
        for delivery in chosen:
            delivery.sending = True
        timeout = account.switches.webhook_timeout
    threading.Event().wait(float(data.get("delay", 0)))
    workers = len(chosen) if data.get("parallel") else 1
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        attempts = list(pool.map(lambda delivery: _send(delivery, tamper, timeout), chosen))
    with account.lock:
        for delivery, attempt in zip(chosen, attempts, strict=True):
            _book(account, delivery, attempt)
    return [
        {"id": delivery.event_id, "event": delivery.event, "url": delivery.endpoint.url, **attempt.describe()}
        for delivery, attempt in zip(chosen, attempts, strict=True)
    ]


def _choose(account: Account, data: dict[str, Any]) -> list[Delivery]:
    outbox = account.outbox
    ids = data.get("ids")
    if ids is None:
        chosen = [delivery for delivery in outbox.deliveries if delivery.status == "pending"]
    else:
        chosen = [delivery for event_id in ids for delivery in outbox.deliveries if delivery.event_id == event_id]
        missing = set(ids) - {delivery.event_id for delivery in chosen}
        if missing:
            raise ApiError(f"No events {sorted(missing)}.", field="ids")
    order = data.get("order", "given")
    if order not in ("given", "reversed", "random"):
        raise ApiError(f"No order {order}.", field="order")
    if order == "reversed":
        chosen.reverse()
    if order == "random":
        account.shuffle(chosen)
    return [delivery for delivery in chosen if delivery.endpoint.active]


def _send(delivery: Delivery, tamper: str | None, timeout: float) -> Attempt:
    body, headers = spoil(delivery, tamper)
    attempt = send_once(delivery.endpoint.url, body, headers, timeout=timeout)
    attempt.tamper = tamper
    return attempt


def _book(account: Account, delivery: Delivery, attempt: Attempt) -> None:
    attempt.at = account.clock.now()
    delivery.sending = False
    delivery.attempts.append(attempt)
    if attempt.succeeded and attempt.tamper is None:
        delivery.status = "delivered"
    account.changed.notify_all()


def spoil(delivery: Delivery, tamper: str | None) -> tuple[bytes, dict[str, str]]:
    """Return body and headers as asked. Only `account_id` and `no_event_id` keep a valid signature."""
    endpoint = delivery.endpoint
    body = delivery.body
    signature = sign_bytes(body, endpoint.secret)
    if tamper == "account_id":
        body = json.dumps(json.loads(body) | {"account_id": "acc_00000000000000"}).encode()
        signature = sign_bytes(body, endpoint.secret)
    headers = delivery.headers() | {SIGNATURE: signature}
    if tamper == "body_byte":
        body = body.replace(b'"created_at":', b'"created_at": ', 1)
    elif tamper == "reserialized":
        body = json.dumps(json.loads(body)).encode()
    elif tamper == "signature_wrong":
        headers[SIGNATURE] = sign_bytes(body, endpoint.secret + "x")
    elif tamper == "signature_upper":
        headers[SIGNATURE] = signature.upper()
    elif tamper == "signature_old":
        headers[SIGNATURE] = sign_bytes(body, endpoint.old_secret or "old")
    elif tamper == "signature_missing":
        del headers[SIGNATURE]
    elif tamper == "no_event_id":
        del headers[EVENT_ID]
    return body, headers
