"""PaymentIntents and their charges: the states of one payment, and what each change tells the outside."""

from typing import Any

from . import checks
from .account import Account, Intent, Session
from .errors import ApiError

CREATE_FIELDS = (
    "amount",
    "currency",
    "automatic_payment_methods",
    "capture_method",
    "metadata",
    "receipt_email",
    "shipping",
    "description",
    "payment_method",
    "confirm",
    "expand",
)
DECLINES = {
    "card_declined": ("card_declined", "generic_decline", "Your card was declined."),
    "insufficient_funds": ("card_declined", "insufficient_funds", "Your card has insufficient funds."),
    "expired_card": ("expired_card", None, "Your card has expired."),
    "incorrect_cvc": ("incorrect_cvc", None, "Your card's security code is incorrect."),
    "authentication_required": ("authentication_required", None, "Your card needs to be authenticated."),
}
FEE_PERCENT, TAX_PERCENT = 2, 18
METHODS = {"pm_card_visa": "success", "pm_card_chargeDeclined": "fail:card_declined"}


def open_intent(
    account: Account, *, amount: int, currency: str, capture_method: str, metadata: dict[str, str], **more: Any
) -> Intent:
    intent_id = account.make_id("pi")
    entity = {
        "id": intent_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_received": 0,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": capture_method,
        "client_secret": f"{intent_id}_secret_{account.make_text(24)}",
        "created": account.clock.now(),
        "currency": currency,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": metadata,
        "status": "requires_payment_method",
        **more,
        **account.switches.entity_extra,
    }
    intent = Intent(entity)
    account.intents[intent_id] = intent
    account.outbox.emit("payment_intent.created", entity)
    return intent


def intent_of(account: Account, session: Session) -> Intent:
    """The session's intent; made with the first attempt to pay."""
    if session.intent is None:
        entity = session.entity
        session.intent = open_intent(
            account,
            amount=entity["amount_total"],
            currency=entity["currency"],
            capture_method=session.capture_method,
            metadata=session.intent_metadata,
        )
        session.intent.session = session
        entity["payment_intent"] = session.intent.entity["id"]
    return session.intent


def create_by_call(account: Account, data: dict[str, Any]) -> dict[str, Any]:
    checks.refuse_extra(data, CREATE_FIELDS)
    currency = checks.check_currency(data)
    intent = open_intent(
        account,
        amount=checks.check_charge(checks.check_integer(data, "amount"), currency),
        currency=currency,
        capture_method=checks.check_choice(
            data, "capture_method", ("automatic", "automatic_async", "manual"), "automatic"
        ),
        metadata=checks.check_metadata(data),
        receipt_email=checks.check_text(data, "receipt_email"),
        description=checks.check_text(data, "description"),
    )
    if data.get("confirm") == "true":
        return confirm_by_call(account, intent.entity["id"], {"payment_method": data.get("payment_method")})
    return intent.entity


def confirm_by_call(account: Account, intent_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Pay with a test payment method `pm_card_…`. A decline is a 402 that is kept under the idempotency key."""
    intent = account.find_intent(intent_id)
    if intent.entity["status"] not in ("requires_payment_method", "requires_confirmation", "requires_action"):
        raise _wrong_state(intent, "confirm")
    method = data.get("payment_method")
    if method not in METHODS:
        raise ApiError(f"No such PaymentMethod: '{method}'", code="resource_missing", param="payment_method")
    if METHODS[method] == "success":
        succeed(account, intent)
        return intent.entity
    error = decline(account, intent, METHODS[method].removeprefix("fail:"))
    more = {"payment_intent": dict(intent.entity), "decline_code": error.get("decline_code")}
    raise ApiError(error["message"], status=402, kind="card_error", code=error["code"], checked=False, more=more)


def decline(account: Account, intent: Intent, reason: str) -> dict[str, Any]:
    """Fail an attempt: the intent waits for another one."""
    code, decline_code, message = DECLINES.get(reason, (reason, None, "Your card was declined."))
    charge = _make_charge(account, intent)
    charge.update(status="failed", failure_code=code, failure_message=message)
    error: dict[str, Any] = {"type": "card_error", "code": code, "message": message, "charge": charge["id"]}
    if decline_code:
        error["decline_code"] = decline_code
    intent.entity.update(status="requires_payment_method", last_payment_error=error, latest_charge=charge["id"])
    account.outbox.emit("charge.failed", charge)
    account.outbox.emit("payment_intent.payment_failed", intent.entity)
    return error


def succeed(account: Account, intent: Intent) -> None:
    """Take the bank's yes: captured at once, or held for a capture by the merchant."""
    charge = _make_charge(account, intent)
    charge.update(status="succeeded", paid=True)
    intent.entity.update(last_payment_error=None, latest_charge=charge["id"])
    account.outbox.emit("charge.succeeded", charge)
    if intent.entity["capture_method"] == "manual":
        hold(account, intent)
    else:
        settle_capture(account, intent, intent.entity["amount"])


def hold(account: Account, intent: Intent) -> None:
    """Authorized: the money waits for a capture, and goes back when nobody asks for it."""
    lasts = account.switches.authorization_lasts
    intent.entity.update(status="requires_capture", amount_capturable=intent.entity["amount"])
    if intent.charge:
        intent.charge["payment_method_details"]["card"]["capture_before"] = account.clock.now() + lasts
    account.outbox.emit("payment_intent.amount_capturable_updated", intent.entity)
    account.call_in(lasts, lambda: _lapse(account, intent))


def _lapse(account: Account, intent: Intent) -> None:
    if intent.entity["status"] == "requires_capture":
        cancel_intent(account, intent, "automatic")


def settle_capture(account: Account, intent: Intent, amount: int) -> None:
    """The money is the merchant's; what was authorized above it goes back."""
    intent.entity.update(status="succeeded", amount_received=amount, amount_capturable=0)
    if intent.charge:
        fee = _make_balance_transaction(account, intent.charge, amount)
        intent.charge.update(captured=True, amount_captured=amount, balance_transaction=fee["id"])
    account.record(intent, "captured", amount)
    if account.switches.balance is not None:
        account.switches.balance += amount
    if intent.session:
        intent.session.entity["payment_status"] = "paid"
    account.outbox.emit("payment_intent.succeeded", intent.entity)


def _make_balance_transaction(account: Account, charge: dict[str, Any], amount: int) -> dict[str, Any]:
    """What of the charge reaches the merchant: its fee is 2 % and the tax on that, as for domestic cards in India."""
    fee = amount * FEE_PERCENT // 100
    fee += fee * TAX_PERCENT // 100
    entity = {
        "id": account.make_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "created": account.clock.now(),
        "currency": charge["currency"],
        "fee": fee,
        "net": amount - fee,
        "source": charge["id"],
        "status": "pending",
        "type": "charge",
    }
    account.balance_transactions[entity["id"]] = entity
    return entity


def capture_by_call(account: Account, intent_id: str, data: dict[str, Any]) -> dict[str, Any]:
    checks.refuse_extra(data, ("amount_to_capture", "expand"))
    intent = account.find_intent(intent_id)
    if intent.entity["status"] != "requires_capture":
        raise _wrong_state(intent, "capture")
    amount = intent.entity["amount"]
    if "amount_to_capture" in data:
        amount = checks.check_integer(data, "amount_to_capture")
        if not 0 < amount <= intent.entity["amount_capturable"]:
            raise ApiError("The amount is greater than what can be captured.", param="amount_to_capture")
    settle_capture(account, intent, amount)
    return intent.entity


def cancel_by_call(account: Account, intent_id: str, data: dict[str, Any]) -> dict[str, Any]:
    checks.refuse_extra(data, ("cancellation_reason", "expand"))
    intent = account.find_intent(intent_id)
    if intent.entity["status"] in ("succeeded", "canceled", "processing"):
        raise _wrong_state(intent, "cancel")
    cancel_intent(account, intent, data.get("cancellation_reason") or "requested_by_customer")
    return intent.entity


def cancel_intent(account: Account, intent: Intent, reason: str) -> None:
    intent.entity.update(
        status="canceled", amount_capturable=0, cancellation_reason=reason, canceled_at=account.clock.now()
    )
    account.outbox.emit("payment_intent.canceled", intent.entity)


def _wrong_state(intent: Intent, verb: str) -> ApiError:
    return ApiError(
        f"You cannot {verb} this PaymentIntent because it has a status of {intent.entity['status']}.",
        code="payment_intent_unexpected_state",
        more={"payment_intent": dict(intent.entity)},
    )


def _make_charge(account: Account, intent: Intent) -> dict[str, Any]:
    entity = intent.entity
    charge = {
        "id": account.make_id("ch"),
        "object": "charge",
        "amount": entity["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "balance_transaction": None,
        "captured": False,
        "created": account.clock.now(),
        "currency": entity["currency"],
        "disputed": False,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": dict(entity["metadata"]),
        "paid": False,
        "payment_intent": entity["id"],
        "payment_method_details": {"type": "card", "card": {"brand": "visa", "last4": "4242"}},
        "refunded": False,
        "status": "pending",
        **account.switches.entity_extra,
    }
    account.charges[charge["id"]] = charge
    intent.charge = charge
    return charge
