"""Webhook deliveries by hand: in any order, several times, at once, or spoiled."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .account import BaseAccount
from .errors import Refusal
from .outbox import Delivery, Outbox
from .send import Attempt, send_once


def deliver_by_hand(account: BaseAccount, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Send `{ids?, order?, copies?, parallel?, tamper?, delay?}` now and return every attempt.

    Without `ids`, all that are pending. `order` is `given`, `reversed` or `random`. A clean copy that gets a
    2xx settles its delivery; a tampered one leaves it as it is. Signed with the endpoint's present secret.
    """
    tamper = data.get("tamper")
    if tamper not in (None, *account.outbox.tampers):
        raise Refusal(f"No tampering {tamper}.", field="tamper")
    with account.lock:
        chosen = _choose(account, data) * int(data.get("copies", 1))
        for delivery in chosen:
            delivery.sending = True
        timeout = account.switches.webhook_timeout
    threading.Event().wait(float(data.get("delay", 0)))
    workers = len(chosen) if data.get("parallel") else 1
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        attempts = list(pool.map(lambda delivery: _send(account.outbox, delivery, tamper, timeout), chosen))
    with account.lock:
        for delivery, attempt in zip(chosen, attempts, strict=True):
            _book(account, delivery, attempt)
    return [
        {"id": delivery.event_id, "event": delivery.event, "url": delivery.endpoint.url, **attempt.describe()}
        for delivery, attempt in zip(chosen, attempts, strict=True)
    ]


def _choose(account: BaseAccount, data: dict[str, Any]) -> list[Delivery]:
    outbox = account.outbox
    ids = data.get("ids")
    if ids is None:
        chosen = [delivery for delivery in outbox.deliveries if delivery.status == "pending"]
    else:
        chosen = [delivery for event_id in ids for delivery in outbox.deliveries if delivery.event_id == event_id]
        missing = set(ids) - {delivery.event_id for delivery in chosen}
        if missing:
            raise Refusal(f"No events {sorted(missing)}.", field="ids")
    order = data.get("order", "given")
    if order not in ("given", "reversed", "random"):
        raise Refusal(f"No order {order}.", field="order")
    if order == "reversed":
        chosen.reverse()
    if order == "random":
        account.shuffle(chosen)
    return [delivery for delivery in chosen if delivery.endpoint.active]


def _send(outbox: Outbox, delivery: Delivery, tamper: str | None, timeout: float) -> Attempt:
    body, headers = outbox.spoil(delivery, tamper)
    attempt = send_once(delivery.endpoint.url, body, headers, timeout=timeout)
    attempt.tamper = tamper
    return attempt


def _book(account: BaseAccount, delivery: Delivery, attempt: Attempt) -> None:
    attempt.at = account.clock.now()
    delivery.sending = False
    delivery.attempts.append(attempt)
    if attempt.succeeded and attempt.tamper is None:
        delivery.status = "delivered"
    account.changed.notify_all()
