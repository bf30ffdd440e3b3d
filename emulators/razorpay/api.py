"""`/v1/…`: what the gateway's own API answers."""

import base64
import binascii
import hmac
import re
from collections.abc import Callable
from typing import Any

from ..common.errors import Refusal
from ..common.faulty import answer_with_faults
from ..common.wire import Request, Response, make_json
from . import checks, orders, payments, refunds, settlements
from .account import Account
from .errors import ApiError, as_api_error, not_found, trouble, unauthenticated
from .world import World

Answer = dict[str, Any]


def fetch_order(account: Account, _: Request, order_id: str) -> Answer:
    return account.find_order(order_id).entity


def capture(account: Account, request: Request, payment_id: str) -> Answer:
    return payments.capture_payment(account, payment_id, request.json())


def refund(account: Account, request: Request, payment_id: str) -> Answer:
    """Refund once per idempotency key; the key counts as running until the first answer is out."""
    data = request.json()
    key = request.headers.get("x-refund-idempotency")
    entry = refunds.claim_key(account, key, payment_id, data)
    if entry is not None and entry.refund is not None:
        return entry.refund.entity
    made = refunds.refund_payment(account, payment_id, data)
    if entry is not None and key is not None:
        entry.refund = made
        account.refund_keys[key] = entry
        request.finishers.append(lambda: setattr(entry, "running", False))
    return made.entity


def fetch_payment_refund(account: Account, _: Request, payment_id: str, refund_id: str) -> Answer:
    found = account.find_refund(refund_id)
    if found.payment is not account.find_payment(payment_id):
        raise ApiError("The id provided does not exist", field="id")
    return found.entity


Handler = Callable[..., Answer]
ROUTES: tuple[tuple[str, str, tuple[str, ...], Handler], ...] = (
    ("POST", "orders", (), lambda a, r: orders.create_order(a, r.json())),
    ("GET", "orders", (), lambda a, r: orders.list_orders(a, r.query)),
    ("GET", "orders/([^/]+)", ("order",), fetch_order),
    ("PATCH", "orders/([^/]+)", ("order",), lambda a, r, i: orders.edit_order(a, i, r.json())),
    (
        "GET",
        "orders/([^/]+)/payments",
        ("order",),
        lambda a, _, i: orders.list_order_payments(a.find_order(i)),
    ),
    ("GET", "payments", (), lambda a, r: payments.list_payments(a, r.query)),
    ("GET", "payments/([^/]+)", ("pay",), lambda a, r, i: payments.fetch_payment(a, i, r.query)),
    ("POST", "payments/([^/]+)/capture", ("pay",), capture),
    ("POST", "payments/([^/]+)/refund", ("pay",), refund),
    (
        "GET",
        "payments/([^/]+)/refunds",
        ("pay",),
        lambda a, r, i: refunds.list_refunds(a.find_payment(i), r.query),
    ),
    ("GET", "payments/([^/]+)/refunds/([^/]+)", ("pay", "rfnd"), fetch_payment_refund),
    ("GET", "refunds/([^/]+)", ("rfnd",), lambda a, _, i: a.find_refund(i).entity),
    ("GET", "settlements/recon/combined", (), lambda a, r: settlements.report(a, r.query)),
    ("GET", "disputes", (), lambda a, r: checks.list_page(list(a.disputes.values()), r.query)),
    ("GET", "disputes/([^/]+)", ("disp",), lambda a, _, i: a.find_dispute(i)),
)
COMPILED = tuple((method, re.compile(f"/v1/{path}"), prefixes, run) for method, path, prefixes, run in ROUTES)


def answer_api(world: World, request: Request) -> Response | None:
    """Answer one API call; None means: close the line without a word."""
    entry = _log_request(world, request)
    try:
        account = authenticate(world, request)
    except ApiError as error:
        response: Response | None = make_json(error.status, error.as_json())
    else:
        response = answer_with_faults(account, request, lambda: _answer_truly(account, request), trouble)
    for finish in request.finishers:
        finish()
    entry["status"] = response.status if response else None
    return response


def authenticate(world: World, request: Request) -> Account:
    """Return the account of the key; the scheme word must be exactly `Basic`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    key_id, key_secret = _read_basic(token)
    account = world.accounts.get(key_id)
    if scheme != "Basic" or account is None:
        raise unauthenticated()
    if not hmac.compare_digest(account.key_secret.encode(), key_secret.encode()):
        raise unauthenticated()
    return account


def _read_basic(token: str) -> tuple[str, str]:
    try:
        key_id, _, key_secret = base64.b64decode(token, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return key_id, key_secret


def _answer_truly(account: Account, request: Request) -> Response:
    """Do what was asked under the account's lock, and freeze the answer there."""
    with account.lock:
        account.clock.run_due()
        try:
            return make_json(200, _dispatch(account, request))
        except Refusal as refusal:
            error = as_api_error(refusal)
            body = error.as_json(metadata_empty_as=account.switches.metadata_empty_as)
            return make_json(error.status, body)


def _dispatch(account: Account, request: Request) -> Answer:
    for method, pattern, prefixes, run in COMPILED:
        found = pattern.fullmatch(request.path)
        if found and method == request.method:
            ids = [checks.check_id(text, prefix) for text, prefix in zip(found.groups(), prefixes, strict=True)]
            return run(account, request, *ids)
    raise not_found()


def _log_request(world: World, request: Request) -> dict[str, Any]:
    """Keep the call for GET /_emu/log, with the key but without its secret."""
    token = request.headers.get("authorization", "").partition(" ")[2]
    headers = {name: value for name, value in request.headers.items() if name != "authorization"}
    entry = {
        "key_id": _read_basic(token)[0] or None,
        "method": request.method,
        "path": request.path,
        "query": request.query_text,
        "headers": headers,
        "body": request.raw.decode(errors="replace"),
        "status": None,
    }
    world.log.append(entry)
    return entry
