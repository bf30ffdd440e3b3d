"""What is measured: reads, pages, and the way to an order. Each work runs over HTTP and, to count queries, in process."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

ADDRESS = {
    "name": "Asha Menon", "phone": "+919845012345", "street": "12, 3rd Cross, Koramangala", "city": "Bengaluru",
    "state": "Karnataka", "pincode": "560034", "country": "IN", "landmark": "",
}  # fmt: skip
ORDER = {"address": ADDRESS, "payment_method": "cod", "email": "asha@example.com"}
COLD = {"X-Bench-Cold": "1"}
SELECT, CONSTANT = "select", "constant"


class Answer(Protocol):
    headers: Mapping[str, str]

    def json(self) -> Any: ...


class Talker(Protocol):
    def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: Any = None, expect: int = 200
    ) -> Answer: ...


def _nothing(talker: Talker) -> None:
    """Most works begin with empty hands."""


@dataclass(frozen=True)
class Work:
    """`prepare` is not measured; `do` is, with what was prepared. `most`: the ratio to the bare view `base` that is
    allowed, `queries` how many statements."""

    name: str
    do: Callable[[Talker, Any], object]
    prepare: Callable[[Talker], Any] = _nothing
    base: str = SELECT
    most: float | None = None
    queries: int | None = None
    share: float = 1.0  # of the usual number of units, for what takes long


def bare_works() -> dict[str, Work]:
    return {
        CONSTANT: _get("Bare constant view", "/bench/constant/"),
        SELECT: _get("Bare 24-row SELECT + JSON", "/bench/select24/"),
    }


def works(facts: Mapping[str, Any]) -> list[Work]:
    """All works of a catalogue; `facts` say what it holds (`bench/inside.py`)."""
    product, shelf = facts["product"], facts["shelf"]
    return [
        _get("API list of 24", "/api/product/", most=1.5, queries=2),
        _get("API list of a category, cheapest first", f"/api/product/?category={shelf['id']}&ordering=price"),
        _get("API list of 24 with facets", "/api/product/?facets=true", share=0.3),
        _get("API detail", f"/api/product/{product['id']}/", most=2, queries=2),
        *(_get(f"API search, {kind} word", f"/api/product/?q={word}", most=3) for kind, word in facts["words"].items()),
        _get("Category page, warm", shelf["url"], base=CONSTANT, most=1.5, queries=12),
        _get("Category page, cold", shelf["url"], headers=COLD, most=8, queries=12, share=0.2),
        _get("Product page, warm", product["url"], base=CONSTANT),
        _get("Product page, cold", product["url"], headers=COLD, share=0.2),
        Work("Add to cart (API)", lambda talker, _: _add(talker, facts["buyable"][0]), most=6, queries=8, share=0.5),
        Work("Place a COD order of two lines (API, one call)", _order, lambda talker: _filled(talker, facts),
             queries=16, share=0.2),
        Work("Webhook taken in (stored, 200)", lambda talker, message: talker.call("POST", HOOK, **message),
             lambda _: _message(facts["hook_secret"]), most=2, share=0.5),
        Work("Whole checkout (API, six calls)", lambda talker, _: check_out(talker, facts), share=0.1),
    ]  # fmt: skip


def _get(name: str, path: str, *, headers: Mapping[str, str] | None = None, **limits: Any) -> Work:
    return Work(name, lambda talker, _: talker.call("GET", path, headers=headers), **limits)


def _add(talker: Talker, bought: Mapping[str, int], token: str = "") -> str:
    """Returns the cart's token."""
    body = {"product_id": bought["product"], "variant_id": bought["variant"], "quantity": 1}
    headers = {"X-Cart-Token": token} if token else None
    return talker.call("POST", "/api/cart/items/", headers=headers, body=body, expect=201).headers["x-cart-token"]


HOOK = "/api/payment/webhook/razorpay/"
_turn = itertools.count()


def _message(secret: str) -> dict[str, Any]:
    """A signed message about a payment that is none of ours: it is stored all the same before it is answered."""
    payment = {"id": f"pay_{next(_turn):014d}", "order_id": "order_00000000000000", "amount": 129900}
    body = {"entity": "event", "event": "payment.captured", "payload": {"payment": {"entity": payment}}}
    signature = hmac.new(secret.encode(), json.dumps(body).encode(), hashlib.sha256).hexdigest()
    event_id = f"evt_{secrets.token_hex(10)}"
    return {"body": body, "headers": {"X-Razorpay-Signature": signature, "X-Razorpay-Event-Id": event_id}}


def fill_one(talker: Talker, bought: Mapping[str, int]) -> str:
    """A new cart with one unit; its token."""
    return _add(talker, bought)


def _filled(talker: Talker, facts: Mapping[str, Any]) -> str:
    """A cart with two lines, of ever other products: nobody waits for somebody else's lock."""
    buyable, turn = facts["buyable"], next(_turn)
    token = _add(talker, buyable[turn % len(buyable)])
    return _add(talker, buyable[(turn + 7) % len(buyable)], token)


def _order(talker: Talker, token: str) -> Answer:
    return talker.call("POST", "/api/order/", headers={"X-Cart-Token": token}, body=ORDER, expect=201)


def check_out(talker: Talker, facts: Mapping[str, Any]) -> None:
    """Two products into the cart, the cart, the ways to send it, the order, and the order as it stands."""
    token = _filled(talker, facts)
    headers = {"X-Cart-Token": token}
    talker.call("GET", "/api/cart/", headers=headers)
    talker.call("GET", "/api/cart/shipping/", headers=headers)
    order = _order(talker, token).json()
    talker.call("GET", f"/api/order/{order['id']}/", headers=headers)
