from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from checkout.order.errors import WrongState
from checkout.order.locks import lock_return
from checkout.order.models import Return
from checkout.order.rules import RETURN_TRANSITIONS
from checkout.order.services.note_return_refunded import end_return
from checkout.order.services.refund_as_credit import give_as_credit
from checkout.order.services.return_credit import return_credit
from checkout.order.services.split_refund import Split, split_refund
from checkout.payment.models import Refund
from checkout.payment.services.request_refund import request_refund


def refund_return(
    *, return_id: int, at: datetime, by: str = "", with_delivery: bool = False, proof: str = "", to: str = ""
) -> Return:  # fmt: skip
    """The money of a return that came back goes back: its lines, tax included; what delivery cost only when told to,
    and once an order. A task tells the gateway; the return is refunded when the money has arrived.

    `to`: the source, or store credit; empty for what the buyer chose. What of the order was paid with store credit is
    credit again either way, after the money that was captured. Cash was paid by hand, so it goes back by hand: by bank
    transfer, with its number as `proof`. Again: no effect, unless the refund failed.
    Raises WrongState, NotRefundable, NoCreditAccount, NotThere. Locks: the order, its payments, the credit account.
    """
    with transaction.atomic():
        coming = lock_return(return_id)
        if coming.status == Return.Status.REFUNDED:
            return coming
        if coming.refund is not None and coming.refund.status != Refund.Status.FAILED:
            return coming
        if Return.Status.REFUNDED not in RETURN_TRANSITIONS[coming.status] or not coming.amount:
            raise WrongState(allowed=sorted(RETURN_TRANSITIONS[coming.status]))
        coming.shipping = _delivery_left(coming) if with_delivery else 0
        coming.refund_to = to or coming.refund_to
        split = split_refund(coming.order, coming.amount + coming.shipping - coming.credit)
        _give_back(coming, split, proof=proof, by=by, at=at)
        coming.save(update_fields=["shipping", "refund", "refund_to", "credit"])
        if not split.money:
            end_return(coming, at=at)
    return coming


def _delivery_left(coming: Return) -> int:
    others = coming.order.returns.exclude(pk=coming.pk).aggregate(sum=Sum("shipping"))["sum"] or 0
    return max(0, coming.order.shipping - others)


def _give_back(coming: Return, split: Split, *, proof: str, by: str, at: datetime) -> None:
    """Of a refund that failed only the money is given again: its credit went back the first time."""
    if split.payment and split.money:
        give = give_as_credit if coming.refund_to == Return.RefundTo.STORE_CREDIT else _to_source
        coming.refund = give(
            coming.order, payment_id=split.payment.pk, amount=split.money, by=by, at=at,
            reason=" · ".join(filter(None, (str(coming), proof))),
            idempotency_key=f"return {coming.pk} after {coming.refund_id}",
        )  # fmt: skip
    coming.credit += return_credit(coming.order, amount=split.credit, reference=f"return:{coming.pk}", at=at, by=by)


def _to_source(_order: object, **what: object) -> Refund:
    return request_refund(**what)  # type: ignore[arg-type]
