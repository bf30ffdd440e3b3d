"""The outbox: events as they happened, for each endpoint that wants them, and when to try again."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from .errors import Refusal
from .send import Attempt, check_loopback, send_once

if TYPE_CHECKING:
    from .account import BaseAccount


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
    """One event for one endpoint. `status`: pending, delivered, dead (failed too long) or dropped."""

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

    def describe(self, headers: dict[str, str]) -> dict[str, Any]:
        return {
            "id": self.event_id,
            "event": self.event,
            "url": self.endpoint.url,
            "status": self.status,
            "created_at": int(self.created_at),
            "next_attempt_at": int(self.due) if self.status == "pending" else None,
            "headers": headers,
            "body": self.body.decode(),
            "attempts": [attempt.describe() for attempt in self.attempts],
        }


class Outbox:
    """The events of one account, guarded by the account's lock. A gateway says how they look and are signed."""

    first_retry_seconds: ClassVar[float]
    give_up_seconds: ClassVar[float]
    tampers: ClassVar[tuple[str, ...]]

    def __init__(self, account: "BaseAccount") -> None:
        self._account = account
        self.endpoints: list[Endpoint] = []
        self.deliveries: list[Delivery] = []
        self.held = False

    def set_endpoints(self, items: list[dict[str, Any]]) -> None:
        """Replace the endpoints; one with a known URL stays itself and remembers its former secret."""
        for item in items:
            if not item.get("url") or not item.get("secret"):
                raise Refusal("A webhook endpoint needs a url and a secret.", field="webhooks")
            check_loopback(item["url"])
        known = {endpoint.url: endpoint for endpoint in self.endpoints}
        for endpoint in self.endpoints:
            endpoint.active = False
        self.endpoints = [_renew(known.get(item["url"]), item) for item in items]

    def sign(self, delivery: Delivery) -> dict[str, str]:
        """Return the headers that go with a delivery now."""
        raise NotImplementedError

    def spoil(self, delivery: Delivery, tamper: str | None) -> tuple[bytes, dict[str, str]]:
        """Return body and headers, tampered with as asked, signed with the endpoint's present secret."""
        raise NotImplementedError

    def add(self, event: str, body: bytes, event_id: str, endpoint: Endpoint) -> None:
        now = self._account.clock.exact()
        self.deliveries.append(Delivery(event_id, event, endpoint, endpoint.secret, body, now, now))
        self._account.changed.notify_all()

    def describe(self) -> list[dict[str, Any]]:
        return [delivery.describe(self.sign(delivery)) for delivery in self.deliveries]

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
        """Book a scheduled attempt: done, or due again after first · 2ⁿ (virtual), or dead when it is too late."""
        delivery.sending = False
        delivery.attempts.append(attempt)
        if attempt.succeeded:
            delivery.status = "delivered"
        elif delivery.status == "pending":
            delivery.due += self.first_retry_seconds * 2**delivery.failures
            delivery.failures += 1
            if delivery.due > delivery.created_at + self.give_up_seconds:
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


def run_deliveries(account: "BaseAccount") -> None:
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
            timeout, headers = account.switches.webhook_timeout, account.outbox.sign(delivery)
        attempt = send_once(delivery.endpoint.url, delivery.body, headers, timeout=timeout)
        with account.lock:
            attempt.at = account.clock.now()
            account.outbox.settle(delivery, attempt)


def _seconds_to_wait(account: "BaseAccount") -> float | None:
    moments = [moment for moment in (account.clock.next_due(), account.outbox.next_due()) if moment is not None]
    return max(0.001, min(moments) - account.clock.exact()) if moments else None
