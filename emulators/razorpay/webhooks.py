"""How Razorpay's events look, and how they are signed."""

import json
from typing import TYPE_CHECKING, Any

from ..common.outbox import Delivery, Outbox
from .signatures import sign_bytes

if TYPE_CHECKING:
    from .account import Account

SIGNATURE = "X-Razorpay-Signature"
EVENT_ID = "x-razorpay-event-id"


class RazorpayOutbox(Outbox):
    first_retry_seconds = 30
    give_up_seconds = 86_400
    tampers = (
        "body_byte",
        "signature_wrong",
        "signature_missing",
        "signature_upper",
        "signature_old",
        "reserialized",
        "no_event_id",
        "account_id",
    )
    _account: "Account"

    def emit(self, event: str, **entities: dict[str, Any]) -> None:
        """Store an event with its entities as they are now, for every endpoint that wants it."""
        body = self._make_body(event, entities)
        event_id = self._make_event_id()
        for endpoint in self.endpoints:
            if not endpoint.wants(event):
                continue
            if self._account.switches.event_id_scope == "endpoint":
                event_id = self._make_event_id()
            self.add(event, body, event_id, endpoint)

    def _make_event_id(self) -> str:
        return self._account.make_text(14)

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

    def sign(self, delivery: Delivery) -> dict[str, str]:
        return _headers(delivery, sign_bytes(delivery.body, delivery.secret))

    def spoil(self, delivery: Delivery, tamper: str | None) -> tuple[bytes, dict[str, str]]:
        """Only `account_id` and `no_event_id` keep a valid signature."""
        endpoint = delivery.endpoint
        body = delivery.body
        signature = sign_bytes(body, endpoint.secret)
        if tamper == "account_id":
            body = json.dumps(json.loads(body) | {"account_id": "acc_00000000000000"}).encode()
            signature = sign_bytes(body, endpoint.secret)
        headers = _headers(delivery, signature)
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


def _headers(delivery: Delivery, signature: str) -> dict[str, str]:
    return {"Content-Type": "application/json", SIGNATURE: signature, EVENT_ID: delivery.event_id}
