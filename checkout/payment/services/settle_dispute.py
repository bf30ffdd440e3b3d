from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from checkout.payment.events import DisputeClosed, PaymentDisputed
from checkout.payment.models import Dispute, LedgerEntry, Payment
from checkout.payment.ports import GatewayDispute
from checkout.payment.rules import DISPUTE_ENDS
from checkout.payment.services.book import book
from shop.core.outbox import publish

K = LedgerEntry.Kind


def settle_dispute(*, payment_id: int, seen: GatewayDispute, at: datetime) -> Dispute:
    """Take over what the gateway shows of a dispute, in any order and as often as it is heard; an ended one stays so.

    What the gateway has taken for it is booked, and can no longer be refunded. Locks: the payment.
    """
    with transaction.atomic():
        payment = Payment.objects.select_for_update().get(pk=payment_id)
        dispute = Dispute.objects.filter(payment=payment, provider_dispute_id=seen.id).first()
        is_new = dispute is None
        dispute = dispute or Dispute(payment=payment, provider_dispute_id=seen.id, opened_at=at)
        if dispute.status not in DISPUTE_ENDS:
            _take_over(dispute, seen, at)
            _book(payment, dispute, at)
            _tell(dispute, at, is_new=is_new)
    return dispute


def _take_over(dispute: Dispute, seen: GatewayDispute, at: datetime) -> None:
    dispute.amount, dispute.currency = seen.amount.minor, seen.amount.currency
    dispute.deducted, dispute.status = seen.deducted, seen.state
    dispute.phase, dispute.reason, dispute.respond_by = seen.phase, seen.reason, seen.respond_by
    dispute.closed_at = at if seen.state in DISPUTE_ENDS else None
    dispute.save()


def _book(payment: Payment, dispute: Dispute, at: datetime) -> None:
    """Some gateways take the money when a dispute opens and give it back when it is won, others when it is lost."""
    mine = payment.ledger.filter(provider_reference=dispute.provider_dispute_id)
    taken = -(mine.filter(kind__in=[K.DISPUTED, K.DISPUTE_WON]).aggregate(sum=Sum("amount"))["sum"] or 0)
    if dispute.deducted != taken:
        kind = K.DISPUTED if dispute.deducted > taken else K.DISPUTE_WON
        book(payment, kind, taken - dispute.deducted, at=at, reference=dispute.provider_dispute_id)
        payment.disputed_amount = payment.disputes.aggregate(sum=Sum("deducted"))["sum"]
        payment.save(update_fields=["disputed_amount"])


def _tell(dispute: Dispute, at: datetime, *, is_new: bool) -> None:
    payment = dispute.payment
    facts = (payment.pk, dispute.pk, payment.reference, dispute.amount, dispute.currency)
    if is_new:
        publish(PaymentDisputed(*facts, reason=dispute.reason), aggregate=payment.reference, at=at)
    if dispute.closed_at:
        publish(DisputeClosed(*facts, status=dispute.status), aggregate=payment.reference, at=at)
