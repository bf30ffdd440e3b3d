"""The outbox: events as they happened, for each endpoint that wants them, and when to try again."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .errors import ApiError
from .send import Attempt, check_loopback, send_once
from .signatures import sign_bytes

if TYPE_CHECKING:
    from .account import Account

FIRST_RETRY_SECONDS = 30
GIVE_UP_SECONDS = 86_400


@dataclass
class Endpoint:
    """One receiver. `events` empty means all. Changing the secret keeps the old one for older events."""

    url: str
    secret: str
    events: tuple[str, ...] = ()
    active: bool = True
    old_secret: str | None = None

    def wants(self, event: str) -> bool:
        return self.active and (not self.events or event in self.events)

    def describe(self) -> dict[str, Any]:
        return {"url": self.url, "secret": self.secret, "events": list(self.events), "active": self.active}


@dataclass
class Delivery:
    """One event for one endpoint. `status`: pending, delivered, dead (24 hours of failures) or dropped."""

    event_id: str
    event: str
    endpoint: Endpoint
    secret: str
    body: bytes
    created_at: float
    due: float
    status: str = "pending"
    failures: int = 0
    sending: bool = False
    attempts: list[Attempt] = field(default_factory=list)

    def headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "X-Razorpay-Signature": sign_bytes(self.body, self.secret),
            "x-razorpay-event-id": self.event_id,
        }

    def describe(self) -> dict[str, Any]:
        return {
            "id": self.event_id,
            "event": self.event,
            "url": self.endpoint.url,
            "status": self.status,
            "created_at": int(self.created_at),
            "next_attempt_at": int(self.due) if self.status == "pending" else None,
            "headers": self.headers(),
            "body": self.body.decode(),
            "attempts": [attempt.describe() for attempt in self.attempts],
        }


class Outbox:
    """The events of one account, guarded by the account's lock."""

    def __init__(self, account: "Account") -> None:
        self._account = account
        self.endpoints: list[Endpoint] = []
        self.deliveries: list[Delivery] = []
        self.held = False

    def set_endpoints(self, items: list[dict[str, Any]]) -> None:
        """Replace the endpoints; one with a known URL stays itself and remembers its former secret."""
        for item in items:
            if not item.get("url") or not item.get("secret"):
                raise ApiError("A webhook endpoint needs a url and a secret.", field="webhooks")
            check_loopback(item["url"])
        known = {endpoint.url: endpoint for endpoint in self.endpoints}
        for endpoint in self.endpoints:
            endpoint.active = False
        self.endpoints = [_renew(known.get(item["url"]), item) for item in items]

    def emit(self, event: str, **entities: dict[str, Any]) -> None:
        """Store an event with its entities as they are now, for every endpoint that wants it."""
        account = self._account
        body = self._make_body(event, entities)
        event_id = self._make_event_id()
        for endpoint in self.endpoints:
            if not endpoint.wants(event):
                continue
            if account.switches.event_id_scope == "endpoint":
                event_id = self._make_event_id()
            now = account.clock.exact()
            self.deliveries.append(Delivery(event_id, event, endpoint, endpoint.secret, body, now, now))
        account.changed.notify_all()

    def _make_event_id(self) -> str:
        return self._account.make_id("evt").removeprefix("evt_")

    def _make_body(self, event: str, entities: dict[str, dict[str, Any]]) -> bytes:
        """Return compact JSON with escaped slashes: parsing and dumping it again breaks the signature."""
        envelope = {
            "entity": "event",
            "account_id": self._account.id,
            "event": event,
            "contains": list(entities),
            "payload": {name: {"entity": entity} for name, entity in entities.items()},
            "created_at": self._account.clock.now(),
        }
        text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
        return text.replace("/", "\\/").encode()

    def next_due(self) -> float | None:
        if self.held:
            return None
        return min((item.due for item in self.deliveries if item.status == "pending"), default=None)

    def take_due(self) -> Delivery | None:
        """Return the delivery to try next, marked as being sent, or None."""
        if self.held:
            return None
        now = self._account.clock.exact()
        due = [item for item in self.deliveries if item.status == "pending" and item.due <= now]
        if not due:
            return None
        first = min(due, key=lambda item: item.due)
        if not first.endpoint.active:
            first.status = "dropped"
            return self.take_due()
        first.sending = True
        return first

    def settle(self, delivery: Delivery, attempt: Attempt) -> None:
        """Book a scheduled attempt: done, or due again after 30 s · 2ⁿ (virtual), or dead after a day."""
        delivery.sending = False
        delivery.attempts.append(attempt)
        if attempt.succeeded:
            delivery.status = "delivered"
        elif delivery.status == "pending":
            delivery.due += FIRST_RETRY_SECONDS * 2**delivery.failures
            delivery.failures += 1
            if delivery.due > delivery.created_at + GIVE_UP_SECONDS:
                delivery.status = "dead"
                delivery.endpoint.active = False
        self._account.changed.notify_all()

    def is_idle(self) -> bool:
        """Whether nothing is being sent and nothing could be sent now."""
        due = self.next_due()
        sending = any(item.sending for item in self.deliveries)
        return not sending and (due is None or due > self._account.clock.exact())


def _renew(endpoint: Endpoint | None, item: dict[str, Any]) -> Endpoint:
    endpoint = endpoint or Endpoint(item["url"], item["secret"])
    if endpoint.secret != item["secret"]:
        endpoint.old_secret, endpoint.secret = endpoint.secret, item["secret"]
    endpoint.events = tuple(item.get("events") or ())
    endpoint.active = item.get("active", True)
    return endpoint


def run_deliveries(account: "Account") -> None:
    """Deliver what is due and move what time moves, until the account is closed. A thread's whole life."""
    while True:
        with account.lock:
            if account.closed:
                return
            account.clock.run_due()
            delivery = account.outbox.take_due()
            if delivery is None:
                account.changed.wait(_seconds_to_wait(account))
                continue
            timeout = account.switches.webhook_timeout
        attempt = send_once(delivery.endpoint.url, delivery.body, delivery.headers(), timeout=timeout)
        with account.lock:
            attempt.at = account.clock.now()
            account.outbox.settle(delivery, attempt)


def _seconds_to_wait(account: "Account") -> float | None:
    moments = [moment for moment in (account.clock.next_due(), account.outbox.next_due()) if moment is not None]
    return max(0.001, min(moments) - account.clock.exact()) if moments else None
