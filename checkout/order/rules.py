"""The life of an order: three statuses, one transition table each, and the single status of the API derived from them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from checkout.order import statuses
from shop.core.money import Money

if TYPE_CHECKING:
    from checkout.order.models import Fulfillment, Order, Return
    from checkout.order.seen import SeenOrder

STOCK_HELD_FOR = timedelta(minutes=30)  # while an online payment is under way
UNPAID_CANCELLED_AFTER = timedelta(days=5)
CONFIRMED_WITHIN = timedelta(days=1)  # cash that needs a code; then the clock cancels it
UNCONFIRMED = "the buyer has not confirmed the cash order"  # as the reason of holding it
EXCHANGE = "exchange"  # in the place of a way to pay
STORE_CREDIT = "store_credit"  # the same, where it pays for all of the order

S, P, F = statuses.Status, statuses.PaymentStatus, statuses.FulfillmentStatus
C, R = statuses.ParcelStatus, statuses.ReturnStatus
TRANSITIONS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "status": {
        S.PLACED: frozenset({S.COMPLETED, S.CANCELLED}),
        S.COMPLETED: frozenset(),
        S.CANCELLED: frozenset(),
    },
    "payment_status": {
        P.PENDING: frozenset({P.PAID, P.VOID, P.REFUND_DUE}),
        P.PAID: frozenset({P.REFUND_DUE, P.REFUNDED}),
        P.REFUND_DUE: frozenset({P.REFUNDED}),
        P.REFUNDED: frozenset(),
        P.VOID: frozenset({P.REFUND_DUE}),  # money that came too late goes back
    },
    "fulfillment_status": {
        F.UNFULFILLED: frozenset({F.PARTIAL, F.SHIPPED}),
        F.PARTIAL: frozenset({F.SHIPPED, F.REFUSED}),  # refused: nothing arrived, so the rest stays here
        F.SHIPPED: frozenset({F.DELIVERED, F.REFUSED}),
        F.DELIVERED: frozenset({F.RETURNED}),
        F.REFUSED: frozenset(),
        F.RETURNED: frozenset(),
    },
}

# What a courier tells late, twice or in another order moves nothing back.
PARCEL_TRANSITIONS: Mapping[str, frozenset[str]] = {
    C.SHIPPED: frozenset({C.IN_TRANSIT, C.OUT_FOR_DELIVERY, C.DELIVERED, C.REFUSED}),
    C.IN_TRANSIT: frozenset({C.OUT_FOR_DELIVERY, C.DELIVERED, C.REFUSED}),
    C.OUT_FOR_DELIVERY: frozenset({C.DELIVERED, C.REFUSED}),
    C.DELIVERED: frozenset(),
    C.REFUSED: frozenset(),
}
ON_THE_ROAD = (C.SHIPPED, C.IN_TRANSIT, C.OUT_FOR_DELIVERY)
RETURN_TRANSITIONS: Mapping[str, frozenset[str]] = {
    R.REQUESTED: frozenset({R.APPROVED, R.REJECTED}),
    R.APPROVED: frozenset({R.RECEIVED, R.REJECTED}),  # rejected: it never came back
    R.RECEIVED: frozenset({R.REFUNDED}),
    R.REJECTED: frozenset(),
    R.REFUNDED: frozenset(),
}


class Standing(Protocol):
    """How far an order is: of a model, or of a row that was read to be shown."""

    @property
    def status(self) -> str: ...
    @property
    def payment_status(self) -> str: ...
    @property
    def fulfillment_status(self) -> str: ...
    @property
    def payment_method(self) -> str: ...
    @property
    def review_reason(self) -> str: ...


def may_move(dimension: str, now: str, to: str) -> bool:
    return to in TRANSITIONS[dimension].get(now, frozenset())


def move(order: Order, **steps: str) -> None:
    """Set statuses on a locked order, along the tables. Raises ValueError for a step that is not in them: a use case
    checks first and refuses in words of its own."""
    for dimension, to in steps.items():
        now = getattr(order, dimension)
        if now != to and not may_move(dimension, now, to):
            raise ValueError(f"{dimension} of {order.number} cannot go from {now} to {to}")
        setattr(order, dimension, to)


def move_parcel(parcel: Fulfillment, to: str) -> None:
    """Set the status of a parcel of a locked order. Raises ValueError for a step that is not in the table."""
    _step(parcel, PARCEL_TRANSITIONS, to)


def move_return(coming: Return, to: str) -> None:
    """Set the status of a return of a locked order. Raises ValueError for a step that is not in the table."""
    _step(coming, RETURN_TRANSITIONS, to)


def _step(what: Fulfillment | Return, table: Mapping[str, frozenset[str]], to: str) -> None:
    if to not in table[what.status]:
        raise ValueError(f"{what} cannot go from {what.status} to {to}")
    setattr(what, "status", to)  # noqa: B010  (nobody else sets a status: tests/architecture)


def api_status(order: Standing) -> str:
    """The one word of the API: pending, paid, shipped, delivered, returned, cancelled."""
    if order.status == S.CANCELLED:
        return "cancelled"
    if order.fulfillment_status in (F.SHIPPED, F.DELIVERED, F.RETURNED):
        return str(order.fulfillment_status)
    return "paid" if order.payment_status == P.PAID else "pending"


def next_statuses(order: Standing) -> list[str]:
    """The words that `PATCH {status}` may set now."""
    if order.status == S.CANCELLED:
        return []
    if order.fulfillment_status in (F.UNFULFILLED, F.PARTIAL):
        shipped = ["shipped"] if is_shippable(order) else []
        return [*shipped, "cancelled"] if is_cancellable(order) else shipped
    return ["delivered"] if order.fulfillment_status == F.SHIPPED else []


def number_of_return(pk: int) -> str:
    return f"R-{pk}"


def is_cash(order: Standing) -> bool:
    return order.payment_method == "cod"


def is_exchange(order: Order) -> bool:
    """Sent in place of pieces that came back: nothing is to be paid."""
    return order.payment_method == EXCHANGE


def to_pay(order: Order) -> Money:
    """What is charged or collected: the total, less the store credit that pays for a part of it."""
    return Money(order.total - order.store_credit, order.currency)


def may_have_credit(order: Order) -> bool:
    """Store credit belongs to an account; a guest's order gets one when it is claimed."""
    return order.user_id is not None


def may_choose_credit(order: Order) -> bool:
    """Whether its buyer may be asked where its money goes, should it be cancelled: some was paid by other means."""
    return order.payment_status == P.PAID and bool(to_pay(order)) and may_have_credit(order)


def credit_left(order: Order) -> int:
    """Store credit that the order was paid with and that has not gone back, in minor units."""
    return order.store_credit - order.credit_returned


def is_covered(order: Order) -> bool:
    """Store credit paid for all of it, at once."""
    return order.payment_method == STORE_CREDIT


def is_shippable(order: Standing) -> bool:
    """Paid, or to be paid at the door; something is still here, and nobody holds it."""
    return (
        order.status == S.PLACED
        and not order.review_reason
        and order.fulfillment_status in (F.UNFULFILLED, F.PARTIAL)
        and (order.payment_status == P.PAID or (is_cash(order) and order.payment_status == P.PENDING))
    )


def is_cancellable(order: Standing) -> bool:
    return order.status == S.PLACED and order.fulfillment_status == F.UNFULFILLED


def may_change_address(order: Standing) -> bool:
    """Until the first parcel leaves."""
    return is_cancellable(order)


def waits_for_code(order: Standing) -> bool:
    """Cash on delivery that its buyer is to confirm by a one-time code."""
    return is_cash(order) and order.status == S.PLACED and order.review_reason == UNCONFIRMED


def payment_status_at_end(order: Order, *, has_money: bool) -> str:
    """Of an order that dies: what was paid goes back, store credit at once; an exchange stays what it is, for nothing was
    to be paid."""
    if has_money:
        return P.REFUND_DUE
    if is_exchange(order):
        return order.payment_status
    return P.REFUNDED if order.payment_status in (P.PAID, P.REFUNDED) else P.VOID


def is_payable(order: Standing) -> bool:
    return order.status == S.PLACED and order.payment_status == P.PENDING and not is_cash(order)


def is_waiting_for_money(order: Order) -> bool:
    """Whether it may still be decided how it is paid: nothing has come, and nothing has left."""
    return is_cancellable(order) and order.payment_status == P.PENDING


def order_token(order: Order | SeenOrder) -> str:
    """What a guest reads one order with. Derived, so that a mail can carry it; only its SHA-256 is stored."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"order token" + order.secret.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
