"""The customer at the checkout: one attempt to pay and what the browser brings back."""

from typing import Any

from . import checks
from .account import Account, Order, Payment
from .errors import ApiError
from .instruments import describe_failure, outcome_of, read_instrument
from .payments import (
    authorize_payment,
    begin_payment,
    capture_unasked,
    fail_payment,
)
from .signatures import sign_checkout

LATE_SECONDS = 1800
OUTCOMES = ("success", "authorized_only", "cancel", "bank_silent", "in_app_retry", "late_success")


def pay_order(account: Account, order_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Play an attempt. Returns the callback fields with a true signature, or `{"error": …}`, or `pending`."""
    order = account.find_order(order_id)
    outcome = outcome_of(data)
    if outcome not in OUTCOMES and not outcome.startswith("fail:"):
        raise ApiError(f"No outcome {outcome}.", field="outcome")
    payment = _take_up_payment(account, order, data)
    _play(account, payment, outcome, data)
    return read_result(account, payment)


def _take_up_payment(account: Account, order: Order, data: dict[str, Any]) -> Payment:
    refuse_attempt(order)
    if data.get("payment_id"):
        payment = account.find_payment(str(data["payment_id"]))
        if payment.order is not order or payment.entity["status"] not in ("created", "failed"):
            raise ApiError("This payment cannot be tried again.", field="payment_id")
        return payment
    wanted = {"amount": _amount_due(account, order)} | _only(data, "amount")
    amount = checks.check_amount(wanted, order.entity["currency"], smallest=1)
    if order.partial and not order.entity["amount_paid"] and amount < order.first_minimum:
        raise ApiError("The first payment is below its minimum.", field="amount")
    return begin_payment(account, order, amount=amount, instrument=read_instrument(data))


def _amount_due(account: Account, order: Order) -> int:
    return order.entity["amount_due"] + account.switches.convenience_fee


def _only(data: dict[str, Any], field: str) -> dict[str, Any]:
    return {field: data[field]} if data.get(field) is not None else {}


def refuse_attempt(order: Order) -> None:
    """Raise when an order takes no attempt now: it is paid, or one is authorized already."""
    if order.entity["status"] == "paid":
        raise ApiError("Payment processing failed because the order is already paid", reason="order_already_paid")
    if any(payment.entity["status"] == "authorized" for payment in order.payments):
        raise ApiError("A payment of this order is authorized already", reason="order_already_paid")


def _play(account: Account, payment: Payment, outcome: str, data: dict[str, Any]) -> None:
    if outcome.startswith("fail:"):
        fail_payment(account, payment, outcome.removeprefix("fail:"))
    elif outcome == "cancel":
        fail_payment(account, payment, "payment_cancelled")
    elif outcome == "late_success":
        fail_payment(account, payment, "payment_timed_out")
        account.call_in(int(data.get("after", LATE_SECONDS)), lambda: _authorize_late(account, payment))
    elif outcome == "authorized_only":
        authorize_payment(account, payment)
        account.call_in(account.switches.auto_capture_after, lambda: capture_unasked(account, payment))
    elif outcome in ("success", "in_app_retry"):
        if outcome == "in_app_retry":
            fail_payment(account, payment, "payment_failed")
        authorize_payment(account, payment)
        capture_unasked(account, payment)


def _authorize_late(account: Account, payment: Payment) -> None:
    if payment.entity["status"] == "failed":
        authorize_payment(account, payment)
        capture_unasked(account, payment)


def read_result(account: Account, payment: Payment) -> dict[str, Any]:
    """Return what the checkout tells the shop's page about this payment as it stands."""
    entity = payment.entity
    ids = {"payment_id": entity["id"], "order_id": entity["order_id"]}
    if entity["status"] == "created":
        return {"pending": True, **ids}
    if entity["status"] == "failed":
        return {"error": {**describe_failure(entity["error_reason"]), "metadata": ids}}
    return {
        "razorpay_payment_id": entity["id"],
        "razorpay_order_id": entity["order_id"],
        "razorpay_signature": sign_checkout(entity["order_id"], entity["id"], account.key_secret),
    }
