"""`/_emu/…`: the hands of whoever plays customer, bank, staff, network and clock."""

import re
from collections.abc import Callable
from typing import Any

from . import forced
from .account import Account
from .currencies import decimals_of
from .customer import pay_order
from .errors import ApiError, not_found
from .ledger import read_ledger
from .tamper import deliver_by_hand
from .wire import Request, Response, make_json
from .world import World

OPEN_TO_BROWSERS = re.compile(r"/_emu/orders/[^/]+(/pay)?")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}
IDLE_SECONDS = 30.0


def pick_account(world: World, request: Request) -> Account:
    """Return the account named by `key_id` in query or body, or the only one."""
    return world.find_account(request.query.get("key_id") or request.json().get("key_id"))


def add_account(world: World, request: Request) -> Any:
    account = world.add_account(request.json())
    with account.lock:
        return account.describe()


def show_accounts(world: World, _: Request) -> Any:
    return {"seed": world.seed, "accounts": [account.describe() for account in list(world.accounts.values())]}


def change_account(world: World, request: Request, key_id: str) -> Any:
    """Change switches, or replace the webhook endpoints."""
    account = world.find_account(key_id)
    data = request.json()
    with account.lock:
        account.switches.change(data.get("switches") or {})
        if "webhooks" in data:
            account.outbox.set_endpoints(data["webhooks"])
        return account.describe()


def close_account(world: World, _: Request, key_id: str) -> Any:
    world.close_account(key_id)
    return {}


def reset(world: World, _: Request) -> Any:
    world.reset()
    return {}


def move_clock(world: World, request: Request) -> Any:
    """`{advance: seconds}` or `{set: unix seconds}`; time only goes forward. Webhooks go out on their own."""
    account = pick_account(world, request)
    data = request.json()
    with account.lock:
        now = account.clock.exact()
        account.clock.move_to(float(data["set"]) if "set" in data else now + float(data.get("advance", 0)))
        account.changed.notify_all()
        return {"now": account.clock.now()}


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


def add_fault(world: World, request: Request) -> Any:
    account = pick_account(world, request)
    with account.lock:
        account.faults.add(request.json())
    return {}


def clear_faults(world: World, request: Request) -> Any:
    account = pick_account(world, request)
    with account.lock:
        account.faults.clear()
    return {}


def release(world: World, request: Request, name: str) -> Any:
    pick_account(world, request).faults.release(name)
    return {}


def show_webhooks(world: World, request: Request) -> Any:
    """Return the outbox; with `?idle=1`, once nothing is under way or due (waits up to 30 s)."""
    account = pick_account(world, request)
    with account.lock:
        outbox = account.outbox
        if request.query.get("idle"):
            account.changed.wait_for(outbox.is_idle, IDLE_SECONDS)
        items = [delivery.describe() for delivery in outbox.deliveries]
    return {"mode": "hold" if outbox.held else "auto", "count": len(items), "items": items}


def deliver_webhooks(world: World, request: Request) -> Any:
    return {"attempts": deliver_by_hand(pick_account(world, request), request.json())}


def set_webhook_mode(world: World, request: Request) -> Any:
    """`{mode: "auto" | "hold"}`. Held events wait, and go out when the mode is auto again."""
    account = pick_account(world, request)
    mode = request.json().get("mode")
    if mode not in ("auto", "hold"):
        raise ApiError(f"No mode {mode}.", field="mode")
    with account.lock:
        account.outbox.held = mode == "hold"
        account.changed.notify_all()
    return {"mode": mode}


def show_log(world: World, request: Request) -> Any:
    key_id = request.query.get("key_id")
    items = [entry for entry in list(world.log) if key_id in (None, entry["key_id"])]
    return {"count": len(items), "items": items}


def show_ledger(world: World, request: Request) -> Any:
    account = pick_account(world, request)
    with account.lock:
        return read_ledger(account)


ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "accounts", show_accounts),
    ("POST", "accounts", add_account),
    ("PATCH", "accounts/([^/]+)", change_account),
    ("DELETE", "accounts/([^/]+)", close_account),
    ("POST", "reset", reset),
    ("POST", "clock", move_clock),
    ("GET", "orders/([^/]+)", show_order),
    ("POST", "orders/([^/]+)/pay", pay),
    ("POST", "payments/([^/]+)/transition", forced.move_payment),
    ("POST", "refunds/([^/]+)/transition", forced.move_refund),
    ("POST", "payments/([^/]+)/dispute", forced.dispute_payment),
    ("POST", "disputes/([^/]+)/transition", forced.decide_dispute),
    ("POST", "dashboard/capture", forced.capture_on_dashboard),
    ("POST", "dashboard/refund", forced.refund_on_dashboard),
    ("POST", "faults", add_fault),
    ("DELETE", "faults", clear_faults),
    ("POST", "release/([^/]+)", release),
    ("GET", "webhooks", show_webhooks),
    ("POST", "webhooks/deliver", deliver_webhooks),
    ("POST", "webhooks/mode", set_webhook_mode),
    ("GET", "log", show_log),
    ("GET", "ledger", show_ledger),
)
COMPILED = tuple((method, re.compile(f"/_emu/{path}"), run) for method, path, run in ROUTES)


def answer_control(world: World, request: Request) -> Response:
    """Answer a control call. What the checkout needs may be called from any page."""
    if request.method == "OPTIONS":
        response = Response(204, b"")
    else:
        try:
            response = make_json(200, _dispatch(world, request))
        except ApiError as error:
            response = make_json(error.status, error.as_json())
    if OPEN_TO_BROWSERS.fullmatch(request.path):
        response.headers.update(CORS)
    return response


def _dispatch(world: World, request: Request) -> Any:
    for method, pattern, run in COMPILED:
        found = pattern.fullmatch(request.path)
        if found and method == request.method:
            return run(world, request, *found.groups())
    raise not_found()
