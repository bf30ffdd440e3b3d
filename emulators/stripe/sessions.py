"""Checkout Sessions: create, list, expire."""

from typing import Any

from . import checks
from .account import Account, Session
from .errors import ApiError
from .intents import cancel_intent

CREATE_FIELDS = (
    "mode",
    "line_items",
    "success_url",
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "metadata",
    "payment_intent_data",
    "payment_method_types",
    "expires_at",
    "locale",
    "expand",
)
SHORTEST, LONGEST = 30 * 60, 24 * 3600


def create_session(account: Account, data: dict[str, Any], base_url: str) -> dict[str, Any]:
    """Open a session of mode `payment`."""
    checks.refuse_extra(data, CREATE_FIELDS)
    checks.check_choice(data, "mode", ("payment",), "")
    currency, total = _read_lines(data)
    success_url = checks.check_text(data, "success_url", needed=True)
    intent_data = data.get("payment_intent_data") or {}
    checks.refuse_extra(intent_data, ("metadata", "capture_method", "description", "receipt_email"))
    capture = checks.check_choice(
        intent_data, "capture_method", ("automatic", "automatic_async", "manual"), "automatic"
    )
    now = account.clock.now()
    session_id = account.make_id("cs_test")
    entity = {
        "id": session_id,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "cancel_url": checks.check_text(data, "cancel_url"),
        "client_reference_id": checks.check_text(data, "client_reference_id", longest=200),
        "created": now,
        "currency": currency,
        "customer_details": None,
        "customer_email": checks.check_text(data, "customer_email"),
        "expires_at": _read_expiry(data, now),
        "livemode": False,
        "locale": checks.check_text(data, "locale"),
        "metadata": checks.check_metadata(data),
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": success_url,
        "url": f"{base_url}/c/pay/{session_id}",
        **account.switches.entity_extra,
    }
    manual = "manual" in (capture, account.switches.capture)
    session = Session(entity, "manual" if manual else "automatic", checks.check_metadata(intent_data))
    account.sessions[session_id] = session
    account.call_in(entity["expires_at"] - now, lambda: expire_session(account, session))
    return entity


def _read_lines(data: dict[str, Any]) -> tuple[str, int]:
    lines = data.get("line_items")
    if not isinstance(lines, list) or not lines or not all(isinstance(line, dict) for line in lines):
        raise ApiError("Missing required param: line_items.", code="parameter_missing", param="line_items")
    total, currencies = 0, set()
    for line in lines:
        checks.refuse_extra(line, ("price_data", "quantity"))
        price = line.get("price_data") or {}
        checks.refuse_extra(price, ("currency", "unit_amount", "product_data", "tax_behavior"))
        currencies.add(checks.check_currency(price))
        checks.check_text(price.get("product_data") or {}, "name", needed=True)
        quantity = checks.check_integer({"quantity": "1"} | line, "quantity")
        total += checks.check_integer(price, "unit_amount") * quantity
    if len(currencies) > 1:
        raise ApiError("All line items must be of one currency.", param="line_items")
    currency = currencies.pop()
    return currency, checks.check_charge(total, currency)


def _read_expiry(data: dict[str, Any], now: int) -> int:
    if "expires_at" not in data:
        return now + LONGEST
    moment = checks.check_integer(data, "expires_at")
    if not now + SHORTEST <= moment <= now + LONGEST:
        raise ApiError("The expires_at must be between 30 minutes and 24 hours from now.", param="expires_at")
    return moment


def list_sessions(account: Account, query: dict[str, Any]) -> dict[str, Any]:
    checks.refuse_extra(
        query, ("limit", "starting_after", "created", "payment_intent", "status", "expand", "customer_details")
    )
    wanted = [
        session.entity
        for session in account.sessions.values()
        if query.get("payment_intent") in (None, session.entity["payment_intent"])
        and query.get("status") in (None, session.entity["status"])
    ]
    return checks.list_page(wanted, query, "/v1/checkout/sessions")


def expire_by_call(account: Account, session_id: str) -> dict[str, Any]:
    session = account.find_session(session_id)
    if session.entity["status"] != "open":
        raise ApiError("Only Checkout Sessions with a status in ['open'] can be expired.")
    expire_session(account, session)
    return session.entity


def expire_session(account: Account, session: Session) -> None:
    """Close an open session; its unfinished payment is canceled with it."""
    if session.entity["status"] != "open":
        return
    session.entity.update(status="expired", url=None)
    if session.intent and session.intent.entity["status"] not in ("succeeded", "canceled"):
        cancel_intent(account, session.intent, "automatic")
    account.outbox.emit("checkout.session.expired", session.entity)
