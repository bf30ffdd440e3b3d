"""The courier's books: shipments by the key of their booking, and the messages that were sent about them."""

import hashlib
import hmac
import http.client
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

TEXTS = {
    "in_transit": "Picked up",
    "out_for_delivery": "Out for delivery",
    "delivered": "Delivered",
    "refused": "Refused by the consignee",
    "attempt_failed": "Nobody at home",
}

JOURNEY = ("in_transit", "out_for_delivery", "delivered")


@dataclass
class Shipment:
    reference: str
    tracking_number: str
    booking: dict[str, Any]
    url: str

    def describe(self) -> dict[str, Any]:
        return {"tracking_number": self.tracking_number, "tracking_url": self.url, "reference": self.reference}


@dataclass
class Message:
    """`status` is the shop's answer, None while none came."""

    body: bytes
    signature: str
    status: int | None = None

    def describe(self) -> dict[str, Any]:
        return {"body": self.body.decode(), "signature": self.signature, "status": self.status}


@dataclass
class Depot:
    """`faults` are answers to the next bookings: a status, or "lost" (booked, but the answer never arrives)."""

    key: str
    webhook_url: str
    webhook_secret: str
    url: str = ""
    step_seconds: float = 0  # 0: parcels stand still until they are moved
    shipments: dict[str, Shipment] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    faults: list[Any] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def book(self, key: str, booking: dict[str, Any]) -> tuple[Shipment, bool]:
        """The same key again is the same shipment."""
        with self.lock:
            if key in self.shipments:
                return self.shipments[key], False
            number = f"EMU{secrets.randbelow(10**10):010d}"
            shipment = Shipment(booking["reference"], number, booking, f"{self.url}/track/{number}")
            self.shipments[key] = shipment
        self.set_out(shipment)
        return shipment, True

    def set_out(self, shipment: Shipment) -> None:
        """Each step after the one before, cash collected at the door."""
        if self.step_seconds:
            threading.Thread(target=self._travel, args=(shipment,), daemon=True).start()

    def _travel(self, shipment: Shipment) -> None:
        """A thread's whole life: news of one parcel never overtake each other, however slow the shop is to listen."""
        for status in JOURNEY:
            time.sleep(self.step_seconds)
            self.report(shipment, {"status": status} | ({"collected": True} if status == "delivered" else {}))

    def forget(self) -> None:
        with self.lock:
            self.shipments.clear()
            self.messages.clear()
            self.faults.clear()

    def next_fault(self) -> Any:
        with self.lock:
            return self.faults.pop(0) if self.faults else None

    def find(self, tracking_number: str) -> Shipment | None:
        found = (known for known in self.shipments.values() if known.tracking_number == tracking_number)
        return next(found, None)

    def report(self, shipment: Shipment, news: dict[str, Any]) -> Message:
        """Tell the shop that a shipment has moved. What stands in `news` wins, the event's id and time included."""
        status = str(news.get("status", "in_transit"))
        said = {
            "id": f"evt_{secrets.token_hex(8)}",
            "reference": shipment.reference,
            "tracking_number": shipment.tracking_number,
            "status": status,
            "text": TEXTS.get(status, status),
            "place": "",
            "at": datetime.now(UTC).isoformat(),
        }
        body = json.dumps(said | news, separators=(",", ":")).replace("/", "\\/").encode()
        message = Message(body, hmac.new(self.webhook_secret.encode(), body, hashlib.sha256).hexdigest())
        with self.lock:
            self.messages.append(message)
        return self.send(message)

    def send(self, message: Message) -> Message:
        if not self.webhook_url:
            return message
        parts = urlsplit(self.webhook_url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
        headers = {"Content-Type": "application/json", "X-Courier-Signature": message.signature}
        try:
            connection.request("POST", parts.path, body=message.body, headers=headers)
            message.status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            message.status = None
        finally:
            connection.close()
        return message
