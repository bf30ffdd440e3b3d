"""`/_emu/…`: the control calls that every emulator has. A gateway adds its own routes."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from .account import BaseAccount
from .errors import Refusal, no_such_call
from .tamper import deliver_by_hand
from .wire import Request
from .world import BaseWorld

IDLE_SECONDS = 30.0
Route = tuple[str, str, Callable[..., Any]]
World = BaseWorld[Any]


def pick_account(world: World, request: Request) -> BaseAccount:
    """Return the account that query or body name, or the only one."""
    name = world.key_field
    return world.find_account(request.query.get(name) or request.json().get(name))


def add_account(world: World, request: Request) -> Any:
    account = world.add_account(request.json())
    with account.lock:
        return account.describe()


def show_accounts(world: World, _: Request) -> Any:
    return {"seed": world.seed, "accounts": [account.describe() for account in list(world.accounts.values())]}


def change_account(world: World, request: Request, key: str) -> Any:
    """Change switches, or replace the webhook endpoints."""
    account = world.find_account(key)
    data = request.json()
    with account.lock:
        account.switches.change(data.get("switches") or {})
        if "webhooks" in data:
            account.outbox.set_endpoints(data["webhooks"])
        return account.describe()


def close_account(world: World, _: Request, key: str) -> Any:
    world.close_account(key)
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
        items = outbox.describe()
    return {"mode": "hold" if outbox.held else "auto", "count": len(items), "items": items}


def deliver_webhooks(world: World, request: Request) -> Any:
    return {"attempts": deliver_by_hand(pick_account(world, request), request.json())}


def set_webhook_mode(world: World, request: Request) -> Any:
    """`{mode: "auto" | "hold"}`. Held events wait, and go out when the mode is auto again."""
    account = pick_account(world, request)
    mode = request.json().get("mode")
    if mode not in ("auto", "hold"):
        raise Refusal(f"No mode {mode}.", field="mode")
    with account.lock:
        account.outbox.held = mode == "hold"
        account.changed.notify_all()
    return {"mode": mode}


def show_log(world: World, request: Request) -> Any:
    key = request.query.get(world.key_field)
    items = [entry for entry in list(world.log) if key in (None, entry[world.key_field])]
    return {"count": len(items), "items": items}


SHARED: tuple[Route, ...] = (
    ("GET", "accounts", show_accounts),
    ("POST", "accounts", add_account),
    ("PATCH", "accounts/([^/]+)", change_account),
    ("DELETE", "accounts/([^/]+)", close_account),
    ("POST", "reset", reset),
    ("POST", "clock", move_clock),
    ("POST", "faults", add_fault),
    ("DELETE", "faults", clear_faults),
    ("POST", "release/([^/]+)", release),
    ("GET", "webhooks", show_webhooks),
    ("POST", "webhooks/deliver", deliver_webhooks),
    ("POST", "webhooks/mode", set_webhook_mode),
    ("GET", "log", show_log),
)


def make_dispatch(own: Sequence[Route]) -> Callable[[World, Request], Any]:
    """Return what runs a control call: the gateway's own routes, then the shared ones."""
    compiled = [(method, re.compile(f"/_emu/{path}"), run) for method, path, run in (*own, *SHARED)]

    def dispatch(world: World, request: Request) -> Any:
        for method, pattern, run in compiled:
            found = pattern.fullmatch(request.path)
            if found and method == request.method:
                return run(world, request, *found.groups())
        raise no_such_call()

    return dispatch
