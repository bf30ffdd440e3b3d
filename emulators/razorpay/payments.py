"""Payments: the states of one attempt, and what each change tells the outside."""

from typing import Any

from . import checks
from .account import Account, Order, Payment
from .errors import ApiError
from .instruments import describe_failure
from .refunds import return_uncaptured

SILENT_BANK_SECONDS = 600
FEE_PERCENT = 2
TAX_PERCENT = 18


def begin_payment(account: Account, order: Order, *, amount: int, instrument: dict[str, Any]) -> Payment:
    """Start an attempt on an order (`instrument` as from instruments.read_instrument); status `created`."""
    card = instrument.pop("card", None)
    entity: dict[str, Any] = {
        "id": account.make_id("pay"),
        "entity": "payment",
        "amount": amount,
        "currency": order.entity["currency"],
        "status": "created",
        "order_id": order.entity["id"],
        "invoice_id": None,
        "amount_refunded": 0,
        "refund_status": None,
        "captured": False,
        "description": None,
        "card_id": account.make_id("card") if card else None,
        **instrument,
        "notes": [],
        "fee": None,
        "tax": None,
        **_no_error(),
        "acquirer_data": {},
        "created_at": account.clock.now(),
        "late_authorized": False,
        "authorized_at": None,
        "captured_at": None,
        "auto_captured": False,
        **account.switches.entity_extra,
    }
    payment = Payment(entity=entity, order=order, card=card)
    account.payments[entity["id"]] = payment
    order.payments.append(payment)
    order.entity["attempts"] += 1
    if order.entity["status"] == "created":
        order.entity["status"] = "attempted"
    account.call_in(SILENT_BANK_SECONDS, lambda: give_up_on_bank(account, payment))
    return payment


def _no_error() -> dict[str, None]:
    names = ("code", "description", "source", "step", "reason")
    return {f"error_{name}": None for name in names}


def give_up_on_bank(account: Account, payment: Payment) -> None:
    if payment.entity["status"] == "created":
        fail_payment(account, payment, "payment_timed_out")


def fail_payment(account: Account, payment: Payment, reason: str) -> None:
    """Fail an attempt. The order stays open, and the bank may still change its mind."""
    payment.entity["status"] = "failed"
    for name, value in describe_failure(reason).items():
        payment.entity[f"error_{name}"] = value
    account.outbox.emit("payment.failed", payment=payment.entity)


def authorize_payment(account: Account, payment: Payment) -> None:
    """Take the bank's yes, also a late one. A second yes for one order goes back to the customer."""
    entity = payment.entity
    now = account.clock.now()
    entity.update(status="authorized", authorized_at=now, **_no_error())
    entity["late_authorized"] = now - entity["created_at"] >= SILENT_BANK_SECONDS
    entity["acquirer_data"] = {"rrn": f"{entity['created_at'] % 10**6:06d}{len(account.payments):06d}"}
    account.outbox.emit("payment.authorized", payment=entity)
    if _has_rival(payment):
        return_uncaptured(account, payment)
        return
    expires = entity["created_at"] + payment.order.manual_expiry * 60
    account.call_in(max(0, expires - now), lambda: expire_authorization(account, payment))


def _has_rival(payment: Payment) -> bool:
    others = (other for other in payment.order.payments if other is not payment)
    return payment.order.entity["status"] == "paid" or any(other.entity["status"] == "authorized" for other in others)


def expire_authorization(account: Account, payment: Payment) -> None:
    if payment.entity["status"] == "authorized":
        return_uncaptured(account, payment)


def may_capture_itself(account: Account, payment: Payment) -> bool:
    """Whether the gateway captures without being asked: automatic, and authorized early enough."""
    order = payment.order
    age = account.clock.now() - payment.entity["created_at"]
    return order.capture == "automatic" and age <= order.automatic_expiry * 60


def capture_unasked(account: Account, payment: Payment) -> None:
    if payment.entity["status"] == "authorized" and may_capture_itself(account, payment):
        settle_capture(account, payment, unasked=True)


def capture_payment(account: Account, payment_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Capture an authorized payment in full; refused in every other state and for every other amount."""
    payment = account.find_payment(payment_id)
    checks.refuse_extra(data, ("amount", "currency"))
    currency = checks.check_currency(data, international=True)
    amount = checks.check_amount(data, currency)
    status = payment.entity["status"]
    if payment.entity["captured"]:
        raise ApiError("This payment has already been captured", reason="NA")
    if status != "authorized":
        message = "Only payments which have been authorized and not yet captured can be captured"
        raise ApiError(message, reason="NA")
    if currency != payment.entity["currency"]:
        raise ApiError("The currency must be that of the payment", field="currency")
    if amount != payment.entity["amount"]:
        raise ApiError("Capture amount must be equal to the amount authorized", field="amount")
    settle_capture(account, payment, unasked=False)
    return payment.entity


def settle_capture(account: Account, payment: Payment, *, unasked: bool) -> None:
    """Take the money of an authorized payment and mark its order paid."""
    entity = payment.entity
    fee = entity["amount"] * FEE_PERCENT // 100
    tax = fee * TAX_PERCENT // 100
    entity.update(status="captured", captured=True, captured_at=account.clock.now(), auto_captured=unasked)
    entity.update(fee=fee + tax, tax=tax)
    account.record(payment, "captured", entity["amount"])
    if account.switches.balance is not None:
        account.switches.balance += entity["amount"] - fee - tax
    _count_towards_order(payment)
    account.outbox.emit("payment.captured", payment=entity)
    if payment.order.entity["status"] == "paid":
        account.outbox.emit("order.paid", payment=entity, order=payment.order.entity)


def _count_towards_order(payment: Payment) -> None:
    """With an offer or a fee the payment's amount differs from the order's; the order is paid anyway."""
    order = payment.order.entity
    paid = order["amount_paid"] + payment.entity["amount"] if payment.order.partial else order["amount"]
    order["amount_paid"] = min(paid, order["amount"])
    order["amount_due"] = order["amount"] - order["amount_paid"]
    if order["amount_due"] == 0:
        order["status"] = "paid"


def list_payments(account: Account, query: dict[str, str]) -> dict[str, Any]:
    return checks.list_page([payment.entity for payment in account.payments.values()], query)


def fetch_payment(account: Account, payment_id: str, query: dict[str, str]) -> dict[str, Any]:
    """Return one payment, with its card or refunds when `expand[]` asks for them."""
    payment = account.find_payment(payment_id)
    checks.refuse_extra(query, ("expand[]",))
    wanted = query.get("expand[]")
    if wanted == "card" and payment.card:
        return payment.entity | {"card": payment.card}
    if wanted == "refunds":
        items = [refund.entity for refund in payment.refunds]
        return payment.entity | {"refunds": {"entity": "collection", "count": len(items), "items": items}}
    return payment.entity
