"""Who calls the shop: shoppers without an account, staff, and the customer at the gateway's window. HTTP only."""

from __future__ import annotations

import itertools
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.faults.gateways import RAZORPAY, STRIPE
from tests.faults.rig import Rig
from tests.faults.stock import PASSWORD

ADDRESS = {
    "name": "Kabir Anand", "phone": "+919845012345", "street": "7, Church Street", "city": "Bengaluru",
    "state": "Karnataka", "pincode": "560001",
}  # fmt: skip
START = {RAZORPAY: "payment/create-razorpay-order/", STRIPE: "payment/create-stripe-session/"}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Answer:
    """`status` 0: none came; the caller cannot know what happened."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Caller:
    """One program at the API. Remembers its cart token."""

    def __init__(self, rig: Rig, url: str = "") -> None:
        self.rig, self.url = rig, url or rig.url
        self.http = requests.Session()
        self.http.trust_env = False
        # A line that has waited may be closed by the server while a call is on its way: nothing that a rig cut.
        self.http.headers["Connection"] = "close"

    def call(self, method: str, path: str, body: dict | None = None, *, key: str = "", timeout: float = 30) -> Answer:
        headers = {"Idempotency-Key": key} if key else {}
        try:
            answer = self.http.request(
                method, f"{self.url}/api/{path}", json=body, headers=headers, timeout=(5, timeout)
            )
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
            return Answer(0)
        if token := answer.headers.get("X-Cart-Token"):
            self.http.headers["X-Cart-Token"] = token
        try:
            said = answer.json()
        except ValueError:
            said = answer.text[:300]
        return Answer(answer.status_code, said, dict(answer.headers))

    def insist(self, method: str, path: str, body: dict | None = None, *, key: str = "", seconds: float = 40) -> Answer:
        """The same call again until there is an answer that decides: what a careful client does."""
        end = time.monotonic() + seconds
        while True:
            answer = self.call(method, path, body, key=key)
            undecided = answer.status == 0 or answer.status >= 500 or _is_running(answer)
            if not undecided or time.monotonic() > end:
                return answer
            time.sleep(0.1)


def _is_running(answer: Answer) -> bool:
    return answer.status == 409 and isinstance(answer.body, dict) and "in_progress" in str(answer.body.get("code"))


class Shopper(Caller):
    def __init__(self, rig: Rig, url: str = "") -> None:
        super().__init__(rig, url)
        number, name = next(_numbers), uuid.uuid4()
        self.email = f"shopper{number}-{name.hex[:6]}@example.com"
        # A door and a phone of their own: many failed payments at one door are held for a person to look at.
        self.address = ADDRESS | {"street": f"{number}, Church Street", "phone": f"+919{name.int % 10**9:09d}"}
        self.order: dict[str, Any] = {}
        self.started: dict[str, Any] = {}
        self.intent = ""  # Stripe's: its messages about a payment do not name the session

    def fill(self, *wanted: tuple[dict, int]) -> None:
        for item, quantity in wanted:
            body = {"product_id": item["product"], "variant_id": item["variant"], "quantity": quantity}
            answer = self.insist("POST", "cart/items/", body)
            assert answer.ok, f"the cart was refused: {answer}"

    def wish(self, method: str) -> dict[str, Any]:
        return {"address": self.address, "payment_method": method, "email": self.email}

    def place(self, method: str) -> dict[str, Any]:
        answer = self.insist("POST", "order/", self.wish(method), key=f"place-{uuid.uuid4().hex}")
        assert answer.status == 201, f"not placed: {answer}"
        self.order = answer.body
        return self.order

    @property
    def gateway(self) -> str:
        return self.order["payment"]["method"]

    @property
    def gateway_order(self) -> str:
        return self.started["session_id" if self.gateway == STRIPE else "razorpay_order_id"]

    def start(self) -> dict[str, Any]:
        answer = self.insist("POST", START[self.gateway], {"order_id": self.order["id"]})
        assert answer.status == 201, f"payment not started: {answer}"
        self.started = answer.body
        return self.started

    def at_the_gateway(self, outcome: str = "success") -> dict[str, Any]:
        """What the gateway's window or page gives back to the shop's, as the body of the callback."""
        told = self.rig.emulate("POST", f"orders/{self.gateway_order}/pay", {"outcome": outcome}, self.gateway)
        if self.gateway == STRIPE:
            self.intent = told["payment_intent"]
            return {"order_id": self.order["id"], "payment_method": STRIPE, "payment_id": told["session_id"]}
        return {
            "order_id": self.order["id"],
            "payment_method": "razorpay",
            "payment_id": told.get("razorpay_payment_id", ""),
            "razorpay_order_id": self.started["razorpay_order_id"],
            "razorpay_signature": told.get("razorpay_signature", ""),
        }


class Keeper(Caller):
    """Staff. Signs in again when days have passed."""

    def call(self, method: str, path: str, body: dict | None = None, *, key: str = "", timeout: float = 30) -> Answer:
        for _ in range(2):
            if "Authorization" not in self.http.headers and not self._sign_in():
                return Answer(0)
            answer = super().call(method, path, body, key=key, timeout=timeout)
            if answer.status != 401:
                break
            del self.http.headers["Authorization"]
        return answer

    def _sign_in(self) -> bool:
        signed = super().call("POST", "self/", {"username": "keeper", "password": PASSWORD})
        if signed.ok:
            self.http.headers["Authorization"] = f"Bearer {signed.body['access']}"
        return signed.ok
