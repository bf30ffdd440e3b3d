"""`/_emu/…`: what is Razorpay's own among the control calls."""

import re
from collections.abc import Callable
from typing import Any, cast

from ..common.control import make_dispatch, pick_account
from ..common.errors import Refusal
from ..common.wire import Request, Response, make_json
from . import forced
from .account import Account
from .currencies import decimals_of
from .customer import pay_order
from .errors import ApiError
from .ledger import read_ledger
from .world import World

OPEN_TO_BROWSERS = re.compile(r"/_emu/orders/[^/]+(/pay)?")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}


def pay(world: World, request: Request, order_id: str) -> Any:
    account = _owner_for_browser(world, request, order_id)
    with account.lock:
        return pay_order(account, order_id, request.json())


def show_order(world: World, request: Request, order_id: str) -> Any:
    """Return what the checkout dialog shows."""
    account = _owner_for_browser(world, request, order_id)
    with account.lock:
        order = account.find_order(order_id).entity
        names = ("id", "amount", "amount_due", "currency", "status")
        return {name: order[name] for name in names} | {"decimals": decimals_of(order["currency"])}


def _owner_for_browser(world: World, request: Request, order_id: str) -> Account:
    """Return the order's account; a key, when one is sent, must be of that very account."""
    key_id = request.query.get("key_id") or request.json().get("key_id")
    if key_id is not None and key_id not in world.accounts:
        raise ApiError("The key id provided is invalid.", status=401, reason="NA", source="NA")
    account = world.find_owner(lambda candidate: order_id in candidate.orders)
    if key_id is not None and account.key_id != key_id:
        raise ApiError("The id provided does not exist", field="order_id")
    return account


def show_ledger(world: World, request: Request) -> Any:
    account = cast(Account, pick_account(world, request))
    with account.lock:
        return read_ledger(account)


ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "orders/([^/]+)", show_order),
    ("POST", "orders/([^/]+)/pay", pay),
    ("POST", "payments/([^/]+)/transition", forced.move_payment),
    ("POST", "refunds/([^/]+)/transition", forced.move_refund),
    ("POST", "payments/([^/]+)/dispute", forced.dispute_payment),
    ("POST", "disputes/([^/]+)/transition", forced.decide_dispute),
    ("POST", "dashboard/capture", forced.capture_on_dashboard),
    ("POST", "dashboard/refund", forced.refund_on_dashboard),
    ("GET", "ledger", show_ledger),
)
_dispatch = make_dispatch(ROUTES)


def answer_control(world: World, request: Request) -> Response:
    """Answer a control call. What the checkout needs may be called from any page."""
    if request.method == "OPTIONS":
        response = Response(204, b"")
    else:
        try:
            response = make_json(200, _dispatch(world, request))
        except Refusal as error:
            response = make_json(error.status, error.as_json())
    if OPEN_TO_BROWSERS.fullmatch(request.path):
        response.headers.update(CORS)
    return response
