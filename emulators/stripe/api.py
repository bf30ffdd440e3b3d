"""`/v1/…`: what the gateway's own API answers."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..common.errors import Refusal
from ..common.faulty import answer_with_faults
from ..common.wire import Request, Response, make_json
from . import disputes, intents, refunds, sessions
from .account import Account
from .errors import ApiError, as_api_error, not_found, trouble, unauthenticated
from .expand import expand
from .forms import read_form
from .idempotency import answer_once
from .world import World

Data = dict[str, Any]


@dataclass(frozen=True)
class Call:
    account: Account
    data: Data
    request: Request
    id: str = ""


Handler = Callable[[Call], Data]
ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "checkout/sessions", lambda c: sessions.create_session(c.account, c.data, base_url(c.request))),
    ("GET", "checkout/sessions", lambda c: sessions.list_sessions(c.account, c.data)),
    ("GET", "checkout/sessions/([^/]+)", lambda c: c.account.find_session(c.id).entity),
    ("POST", "checkout/sessions/([^/]+)/expire", lambda c: sessions.expire_by_call(c.account, c.id)),
    ("POST", "payment_intents", lambda c: intents.create_by_call(c.account, c.data)),
    ("GET", "payment_intents/([^/]+)", lambda c: c.account.find_intent(c.id).entity),
    ("POST", "payment_intents/([^/]+)/confirm", lambda c: intents.confirm_by_call(c.account, c.id, c.data)),
    ("POST", "payment_intents/([^/]+)/capture", lambda c: intents.capture_by_call(c.account, c.id, c.data)),
    ("POST", "payment_intents/([^/]+)/cancel", lambda c: intents.cancel_by_call(c.account, c.id, c.data)),
    ("POST", "refunds", lambda c: refunds.refund_by_call(c.account, c.data)),
    ("GET", "refunds", lambda c: refunds.list_refunds(c.account, c.data)),
    ("GET", "refunds/([^/]+)", lambda c: c.account.find_refund(c.id).entity),
    ("GET", "charges/([^/]+)", lambda c: c.account.find_charge(c.id)),
    ("GET", "disputes", lambda c: disputes.list_disputes(c.account, c.data)),
    ("GET", "disputes/([^/]+)", lambda c: c.account.find_dispute(c.id)),
)
COMPILED = tuple((method, re.compile(f"/v1/{path}"), run) for method, path, run in ROUTES)


def answer_api(world: World, request: Request) -> Response | None:
    """Answer one API call; None means: close the line without a word."""
    try:
        account = world.find_by_secret(read_secret(request))
    except ApiError as error:
        entry = _log_request(world, request, None)
        response: Response | None = make_json(error.status, error.as_json())
    else:
        entry = _log_request(world, request, account)
        response = answer_with_faults(account, request, lambda: _answer_truly(account, request), trouble)
    for finish in request.finishers:
        finish()
    entry["status"] = response.status if response else None
    return response


def read_secret(request: Request) -> str:
    """The key behind `Bearer`, or the user name behind `Basic`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme == "Bearer":
        return token
    if scheme != "Basic":
        raise unauthenticated()
    try:
        return base64.b64decode(token, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        raise unauthenticated() from None


def base_url(request: Request) -> str:
    return f"http://{request.headers.get('host', '127.0.0.1')}"


def _answer_truly(account: Account, request: Request) -> Response:
    """Do what was asked under the account's lock, and freeze the answer there."""
    with account.lock:
        account.clock.run_due()
        if request.method == "POST":
            return answer_once(account, request, lambda: _run(account, request))
        try:
            return _run(account, request)
        except ApiError as error:
            return make_json(error.status, error.as_json())


def _run(account: Account, request: Request) -> Response:
    try:
        text = request.raw.decode() if request.method == "POST" else request.query_text
        data = read_form(text)
        entity = _dispatch(account, request, data)
        return make_json(200, expand(account, entity, data.get("expand")))
    except UnicodeDecodeError:
        raise ApiError("The body is not text.") from None
    except Refusal as refusal:
        raise as_api_error(refusal) from None


def _dispatch(account: Account, request: Request, data: Data) -> Data:
    for method, pattern, run in COMPILED:
        found = pattern.fullmatch(request.path)
        if found and method == request.method:
            return run(Call(account, data, request, *found.groups()))
    raise not_found(request.method, request.path)


def _log_request(world: World, request: Request, account: Account | None) -> dict[str, Any]:
    """Keep the call for GET /_emu/log, without its key."""
    headers = {name: value for name, value in request.headers.items() if name != "authorization"}
    entry = {
        "account": account.id if account else None,
        "method": request.method,
        "path": request.path,
        "query": request.query_text,
        "headers": headers,
        "body": request.raw.decode(errors="replace"),
        "status": None,
    }
    world.log.append(entry)
    return entry
