"""Statuses as words in a label. The color only repeats the word."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.order.models import Fulfillment, Order, Return
from checkout.order.rules import EXCHANGE, STORE_CREDIT, is_cash
from checkout.payment.providers import entries
from checkout.payment.statuses import DisputeStatus, PaymentStatus, RefundStatus
from shop.core.backoffice.labels import BAD, GOOD, QUIET, WAITING, label

_O, _P, _F = Order.Status, Order.PaymentStatus, Order.FulfillmentStatus
_TONES = {
    "status": {_O.PLACED: WAITING, _O.COMPLETED: GOOD, _O.CANCELLED: QUIET},
    "payment_status": {_P.PENDING: WAITING, _P.PAID: GOOD, _P.REFUND_DUE: BAD, _P.REFUNDED: QUIET, _P.VOID: QUIET},
    "fulfillment_status": {
        _F.UNFULFILLED: WAITING, _F.PARTIAL: WAITING, _F.SHIPPED: GOOD, _F.DELIVERED: GOOD, _F.REFUSED: BAD, _F.RETURNED: QUIET
    },
}  # fmt: skip
_PAYMENT_TONES = {PaymentStatus.PAID: GOOD, PaymentStatus.FAILED: BAD, PaymentStatus.AUTHORIZED: WAITING,
                  PaymentStatus.CREATED: WAITING}  # fmt: skip
_REFUND_TONES = {RefundStatus.PROCESSED: GOOD, RefundStatus.FAILED: BAD}
_DISPUTE_TONES = {DisputeStatus.WON: GOOD, DisputeStatus.CLOSED: QUIET}
METHODS = {entry.code: entry.name for entry in entries()} | {
    EXCHANGE: gettext_lazy("Exchange"),
    STORE_CREDIT: gettext_lazy("Store credit"),
}


def status_label(order: Order, dimension: str) -> SafeString:
    """`dimension`: status, payment_status or fulfillment_status."""
    word = payment_word(order) if dimension == "payment_status" else getattr(order, f"get_{dimension}_display")()
    return label(word, _TONES[dimension].get(getattr(order, dimension), QUIET))


def payment_word(order: Order) -> str:
    """Nobody waits for cash before the parcel leaves."""
    at_the_door = is_cash(order) and order.payment_status == _P.PENDING
    return _("Collect at the door") if at_the_door else order.get_payment_status_display()


_PARCEL_TONES: dict[str, str] = {Fulfillment.Status.DELIVERED: GOOD, Fulfillment.Status.REFUSED: BAD}
_RETURN_TONES: dict[str, str] = {Return.Status.REFUNDED: GOOD, Return.Status.REJECTED: QUIET}


def parcel_label(parcel: Fulfillment) -> SafeString:
    return label(parcel.get_status_display(), _PARCEL_TONES.get(parcel.status, WAITING))


def return_label(coming: Return) -> SafeString:
    return label(coming.get_status_display(), _RETURN_TONES.get(coming.status, WAITING))


def payment_label(payment) -> SafeString:
    at_the_door = payment.provider == "cod" and payment.status == PaymentStatus.CREATED
    word = _("Collect at the door") if at_the_door else payment.get_status_display()
    return label(word, _PAYMENT_TONES.get(payment.status, QUIET))


def refund_label(refund) -> SafeString:
    return label(refund.get_status_display(), _REFUND_TONES.get(refund.status, WAITING))


def dispute_label(dispute) -> SafeString:
    return label(dispute.get_status_display(), _DISPUTE_TONES.get(dispute.status, BAD))


def method_name(code: str) -> str:
    return METHODS.get(code, code)
