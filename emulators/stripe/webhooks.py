"""How Stripe's events look, and how they are signed: afresh for each try, by the receiver's real clock."""

import json
import time
from typing import TYPE_CHECKING, Any

from ..common.outbox import Delivery, Outbox
from .signatures import sign_bytes

if TYPE_CHECKING:
    from .account import Account

SIGNATURE = "Stripe-Signature"
API_VERSION = "2026-10-28.endive"


class StripeOutbox(Outbox):
    first_retry_seconds = 60
    give_up_seconds = 3 * 86_400
    tampers = (
        "body_byte",
        "reserialized",
        "signature_wrong",
        "signature_missing",
        "signature_old",
        "signature_v0",
        "time_old",
        "time_future",
        "livemode",
    )
    _account: "Account"

    def emit(self, event: str, entity: dict[str, Any]) -> None:
        """Store an event with its object as it is now, for every endpoint that wants it."""
        account = self._account
        event_id = account.make_id("evt")
        envelope = {
            "id": event_id,
            "object": "event",
            "api_version": API_VERSION,
            "created": account.clock.now(),
            "data": {"object": entity},
            "livemode": False,
            "pending_webhooks": len(self.endpoints),
            "request": {"id": None, "idempotency_key": None},
            "type": event,
        }
        body = json.dumps(envelope, ensure_ascii=False, indent=2).encode()  # the real ones are indented too
        for endpoint in self.endpoints:
            if endpoint.wants(event):
                self.add(event, body, event_id, endpoint)

    def sign(self, delivery: Delivery) -> dict[str, str]:
        """With the present secret, and while it is being changed with the old one too."""
        endpoint = delivery.endpoint
        secrets = [endpoint.secret, *([endpoint.old_secret] if endpoint.old_secret else [])]
        return _headers(delivery.body, secrets, int(time.time()))

    def spoil(self, delivery: Delivery, tamper: str | None) -> tuple[bytes, dict[str, str]]:
        """Only `livemode`, `time_old` and `time_future` keep a true signature."""
        body, endpoint, now = delivery.body, delivery.endpoint, int(time.time())
        if tamper == "livemode":
            body = json.dumps(json.loads(body) | {"livemode": True}).encode()
        sent_at = {"time_old": now - 301, "time_future": now + 3600}.get(tamper or "", now)
        secret = {"signature_wrong": endpoint.secret + "x", "signature_old": endpoint.old_secret or "old"}
        headers = _headers(body, [secret.get(tamper or "", endpoint.secret)], sent_at)
        if tamper == "body_byte":
            body = body.replace(b'"created":', b'"created" :', 1)
        elif tamper == "reserialized":
            body = json.dumps(json.loads(body)).encode()
        elif tamper == "signature_missing":
            del headers[SIGNATURE]
        elif tamper == "signature_v0":
            headers[SIGNATURE] = headers[SIGNATURE].replace("v1=", "v0=")
        return body, headers


def _headers(body: bytes, secrets: list[str], sent_at: int) -> dict[str, str]:
    parts = [f"t={sent_at}", *(f"v1={sign_bytes(body, secret, sent_at)}" for secret in secrets)]
    return {"Content-Type": "application/json; charset=utf-8", SIGNATURE: ",".join(parts)}
