from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from checkout.order.errors import WrongState
from checkout.order.locks import lock_return
from checkout.order.models import Order, Return
from checkout.order.rules import RETURN_TRANSITIONS
from checkout.payment.errors import NotRefundable
from checkout.payment.models import Payment, Refund
from checkout.payment.selectors import paid_payments
from checkout.payment.services.request_refund import request_refund
from shop.core.money import Money


def refund_return(
    *, return_id: int, at: datetime, by: str = "", with_delivery: bool = False, proof: str = ""
) -> Return:  # fmt: skip
    """The money of a return that came back goes back: its lines, tax included; what delivery cost only when told to,
    and once an order. A task tells the gateway; the return is refunded when the money has arrived.

    Cash was paid by hand, so it goes back by hand: by bank transfer, with its number as `proof`. Again: no effect,
    unless the refund failed. Raises WrongState, NotRefundable, NotThere. Locks: the order, its payments.
    """
    with transaction.atomic():
        coming = lock_return(return_id)
        if coming.refund is not None and coming.refund.status != Refund.Status.FAILED:
            return coming
        if Return.Status.REFUNDED not in RETURN_TRANSITIONS[coming.status] or not coming.amount:
            raise WrongState(allowed=sorted(RETURN_TRANSITIONS[coming.status]))
        coming.shipping = _delivery_left(coming) if with_delivery else 0
        amount = coming.amount + coming.shipping
        payment = _payment(coming.order, amount)
        coming.refund = request_refund(
            payment_id=payment.pk, amount=amount, reason=" · ".join(filter(None, (str(coming), proof))), by=by, at=at,
            idempotency_key=f"return {coming.pk} after {coming.refund_id}",
        )  # fmt: skip
        coming.save(update_fields=["shipping", "refund"])
    return coming


def _delivery_left(coming: Return) -> int:
    others = coming.order.returns.exclude(pk=coming.pk).aggregate(sum=Sum("shipping"))["sum"] or 0
    return max(0, coming.order.shipping - others)


def _payment(order: Order, amount: int) -> Payment:
    """The captured payment that holds so much. Raises NotRefundable naming what is left."""
    paid = paid_payments(order.reference)
    for payment in paid:
        if amount <= payment.refundable:
            return payment
    raise NotRefundable(refundable=Money(max((payment.refundable for payment in paid), default=0), order.currency))
