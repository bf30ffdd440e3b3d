from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum

from checkout.payment.errors import GatewayUnavailable
from checkout.payment.events import PaymentRefunded, RefundFailed
from checkout.payment.models import LedgerEntry, Payment, Refund
from checkout.payment.ports import GatewayRefund, RefundState
from checkout.payment.rules import REFUND_CHECK_AFTER, REFUND_TRANSITIONS
from checkout.payment.services.book import book
from shop.core.outbox import publish

R = Refund.Status
SEEN_AS = {RefundState.PENDING: R.PENDING, RefundState.PROCESSED: R.PROCESSED, RefundState.FAILED: R.FAILED}


def settle_refund(*, payment_id: int, seen: GatewayRefund, at: datetime) -> Refund:
    """Take over what the gateway shows of a refund; one that was made on the gateway's own screen becomes ours.

    Raises GatewayUnavailable while it does not fit beside refunds that are still being decided. Locks: the payment.
    """
    with transaction.atomic():
        payment = Payment.objects.select_for_update().get(pk=payment_id)
        ours = Q(provider_refund_id=seen.id) | Q(provider_refund_id=None, idempotency_key=seen.receipt)
        refund = payment.refunds.filter(ours).first() or _take_over(payment, seen, at)
        refund.provider_refund_id = seen.id
        _move(payment, refund, SEEN_AS[seen.state], at)
    return refund


def fail_refund(*, refund_id: int, error: str, at: datetime) -> Refund:
    """The gateway refused: nothing goes back, the amount can be refunded again. Locks: the payment."""
    with transaction.atomic():
        payment = Payment.objects.select_for_update().get(refunds=refund_id)
        refund = Refund.objects.get(pk=refund_id)
        refund.error = error[:255]
        _move(payment, refund, R.FAILED, at)
    return refund


def _take_over(payment: Payment, seen: GatewayRefund, at: datetime) -> Refund:
    key = f"theirs-{seen.id}"
    if seen.state is not RefundState.FAILED:
        if seen.amount.minor > payment.refundable:
            raise GatewayUnavailable  # a refund of ours is being refused just now; look again when that is known
        payment.refunded_amount += seen.amount.minor
        payment.save(update_fields=["refunded_amount"])
        book(payment, LedgerEntry.Kind.REFUNDED, -seen.amount.minor, at=at, reference=key)
    status = R.FAILED if seen.state is RefundState.FAILED else R.REQUESTED
    return Refund.objects.create(
        payment=payment, amount=seen.amount.minor, idempotency_key=key, provider_refund_id=seen.id,
        requested_by="gateway", status=status,
    )  # fmt: skip


def _move(payment: Payment, refund: Refund, then: str, at: datetime) -> None:
    if then not in REFUND_TRANSITIONS[refund.status]:
        refund.save(update_fields=["provider_refund_id"])
        return
    refund.status = then
    refund.check_at = at + REFUND_CHECK_AFTER if then == R.PENDING else None
    refund.processed_at = at if then == R.PROCESSED else refund.processed_at
    refund.save()
    if then == R.PROCESSED:
        note_processed(payment, refund, at)
    if then == R.FAILED:
        _note_failed(payment, refund, at)


def note_processed(payment: Payment, refund: Refund, at: datetime) -> None:
    """Of a locked payment: a refund has reached the customer."""
    done = payment.refunds.filter(status=R.PROCESSED).aggregate(sum=Sum("amount"))["sum"]
    is_full = payment.refundable == 0 and done == payment.refunded_amount
    if is_full:
        payment.status = Payment.Status.REFUNDED
        payment.save(update_fields=["status"])
    facts = (payment.pk, refund.pk, payment.reference, refund.amount, payment.currency, is_full, refund.to)
    event = PaymentRefunded(*facts)
    publish(event, aggregate=payment.reference, at=at)


def _note_failed(payment: Payment, refund: Refund, at: datetime) -> None:
    payment.refunded_amount -= refund.amount
    payment.status = Payment.Status.PAID
    payment.save(update_fields=["refunded_amount", "status"])
    book(payment, LedgerEntry.Kind.REFUND_FAILED, refund.amount, at=at, reference=refund.idempotency_key)
    event = RefundFailed(payment.pk, refund.pk, payment.reference, refund.amount, payment.currency, refund.error)
    publish(event, aggregate=payment.reference, at=at)
