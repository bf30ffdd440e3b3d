"""Orders: create, read, list, edit notes."""

from typing import Any

from . import checks
from .account import Account, Order
from .errors import ApiError

CREATE_FIELDS = (
    "amount",
    "currency",
    "receipt",
    "notes",
    "payment",
    "payment_capture",
    "partial_payment",
    "first_payment_min_amount",
    "unique_receipt",
)
LONGEST_EXPIRY = 7200
SHORTEST_AUTOMATIC_EXPIRY = 12


def create_order(account: Account, data: dict[str, Any]) -> dict[str, Any]:
    """Create an order, or hand back the one with this receipt where that was asked for."""
    checks.refuse_extra(data, CREATE_FIELDS)
    currency = checks.check_currency(data, international=account.switches.international)
    amount = checks.check_amount(data, currency)
    receipt = checks.check_receipt(data)
    notes = checks.check_notes(data)
    unique = checks.check_choice(data, "unique_receipt", (True, False), False)
    partial = checks.check_choice(data, "partial_payment", (True, False), False)
    first_minimum = checks.check_integer(data, "first_payment_min_amount") if partial else 0
    capture = _read_capture_rule(account, data)
    known = _find_by_receipt(account, receipt, unique=unique)
    if known:
        return known.entity
    entity = {
        "id": account.make_id("order"),
        "entity": "order",
        "amount": amount,
        "amount_paid": 0,
        "amount_due": amount,
        "currency": currency,
        "receipt": receipt,
        "offer_id": None,
        "status": "created",
        "attempts": 0,
        "notes": checks.shape_notes(notes),
        "created_at": account.clock.now(),
        **account.switches.entity_extra,
    }
    account.orders[entity["id"]] = Order(
        entity=entity, partial=partial, first_minimum=first_minimum, unique_receipt=unique, **capture
    )
    return entity


def _find_by_receipt(account: Account, receipt: str | None, *, unique: bool) -> Order | None:
    policy = account.switches.receipt_policy
    if receipt is None or (policy == "off" and not unique):
        return None
    same = [order for order in account.orders.values() if order.entity["receipt"] == receipt]
    if same and policy == "reject":
        raise ApiError("The receipt should be unique.", field="receipt")
    return same[0] if same else None


def _read_capture_rule(account: Account, data: dict[str, Any]) -> dict[str, Any]:
    """The order's own options beat `payment_capture`, which beats the account."""
    switches = account.switches
    rule = {
        "capture": switches.capture,
        "automatic_expiry": switches.automatic_expiry_period,
        "manual_expiry": switches.manual_expiry_period,
    }
    if data.get("payment_capture") is not None:
        flag = checks.check_choice(data, "payment_capture", (0, 1))
        rule["capture"] = "automatic" if flag else "manual"
    options = data.get("payment")
    if options is None:
        return rule
    if not isinstance(options, dict):
        raise ApiError("The payment must be an object.", field="payment")
    checks.refuse_extra(options, ("capture", "capture_options"))
    rule["capture"] = checks.check_choice(options, "capture", ("automatic", "manual"), rule["capture"])
    return rule | _read_expiry(options.get("capture_options"))


def _read_expiry(options: Any) -> dict[str, int]:
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise ApiError("The capture options must be an object.", field="capture_options")
    checks.refuse_extra(options, ("automatic_expiry_period", "manual_expiry_period", "refund_speed"))
    checks.check_choice(options, "refund_speed", ("normal", "optimum"))
    values = {"manual_expiry_period": LONGEST_EXPIRY, **options}
    values.setdefault("automatic_expiry_period", values["manual_expiry_period"])
    automatic = checks.check_integer(values, "automatic_expiry_period")
    manual = checks.check_integer(values, "manual_expiry_period")
    if not SHORTEST_AUTOMATIC_EXPIRY <= automatic <= manual <= LONGEST_EXPIRY:
        raise ApiError("The expiry periods are out of range.", field="capture_options")
    return {"automatic_expiry": automatic, "manual_expiry": manual}


def list_orders(account: Account, query: dict[str, str]) -> dict[str, Any]:
    """List orders, newest first, by receipt or by having an authorized payment."""
    entities = []
    for order in account.orders.values():
        if "receipt" in query and order.entity["receipt"] != query["receipt"]:
            continue
        if "authorized" in query and _has_authorized(order) != (query["authorized"] == "1"):
            continue
        entities.append(order.entity)
    page = checks.list_page(entities, query, also=("receipt", "authorized", "expand[]"))
    if query.get("expand[]") == "payments":
        page["items"] = [_with_payments(account, entity) for entity in page["items"]]
    return page


def _has_authorized(order: Order) -> bool:
    return any(payment.entity["status"] in ("authorized", "captured") for payment in order.payments)


def _with_payments(account: Account, entity: dict[str, Any]) -> dict[str, Any]:
    return entity | {"payments": list_order_payments(account.find_order(entity["id"]))}


def list_order_payments(order: Order) -> dict[str, Any]:
    """List every attempt, the failed ones too, newest first and without paging."""
    items = [payment.entity for payment in reversed(order.payments)]
    return {"entity": "collection", "count": len(items), "items": items}


def edit_order(account: Account, order_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Replace the notes: nothing else of an order can ever change."""
    order = account.find_order(order_id)
    checks.refuse_extra(data, ("notes",))
    order.entity["notes"] = checks.shape_notes(checks.check_notes(data))
    return order.entity
