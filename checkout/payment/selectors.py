from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from checkout.payment.models import Dispute, LedgerEntry, Payment, Refund, SettlementDifference
from checkout.payment.rules import DISPUTE_ENDS, REFUND_DUE, refund_key
from shop.core.money import Money

K = LedgerEntry.Kind


@dataclass(frozen=True)
class Balance:
    """Sums of a payment's ledger, in minor units; each part as the positive number that people speak of."""

    captured: int
    refunded: int  # gone back or on its way
    credited: int  # the buyer's as store credit; it counts as given back, and its money is still with us
    fee: int
    disputed: int  # taken by the gateway for disputes
    settled: int  # arrived in our bank, what was debited there again taken off

    @property
    def held(self) -> int:
        """What the gateway (or the courier) still has of ours; nothing, once all is settled."""
        return self.captured - self.refunded - self.fee - self.disputed - self.settled


def balance_of(payment: Payment) -> Balance:
    """Rebuilt from the ledger alone. One query."""
    rows = LedgerEntry.objects.filter(payment=payment).order_by().values_list("kind").annotate(Sum("amount"))
    sums = dict(rows)

    def total(*kinds: str) -> int:
        return sum(sums.get(kind, 0) for kind in kinds)

    return Balance(
        captured=total(K.CAPTURED),
        refunded=-total(K.REFUNDED, K.REFUND_FAILED),
        credited=-total(K.CREDITED),
        fee=-total(K.FEE),
        disputed=-total(K.DISPUTED, K.DISPUTE_WON),
        settled=-total(K.SETTLED),
    )


def paid_payments(reference: str) -> list[Payment]:
    """Captured payments of a reference that are not refunded yet, locked."""
    paid = Payment.objects.filter(reference=reference, status=Payment.Status.PAID)
    return list(paid.order_by("pk").select_for_update())


def payments_of(reference: str) -> list[Payment]:
    """Every attempt, the oldest first."""
    return list(Payment.objects.filter(reference=reference).order_by("pk"))


def money_due(payment_id: int) -> Money | None:
    """What `order.refund_due` sends back of a payment: the refund that it made, else what is left to be sent."""
    payment = Payment.objects.filter(pk=payment_id).first()
    if payment is None:
        return None
    made = payment.refunds.filter(idempotency_key=refund_key(payment.pk, REFUND_DUE)).first()
    amount = made.amount if made else payment.refundable
    return Money(amount, payment.currency) if amount else None


def awaited_cash(reference: str) -> Payment | None:
    """What the courier is to collect."""
    return Payment.objects.filter(reference=reference, provider="cod", status=Payment.Status.CREATED).first()


def waiting_payment(*, reference: str, provider: str, amount: Money) -> Payment | None:
    """The attempt that can be paid now: its gateway order is known and of this very amount."""
    return (
        Payment.objects.filter(
            reference=reference,
            provider=provider,
            amount=amount.minor,
            currency=amount.currency,
            status=Payment.Status.CREATED,
        )
        .exclude(provider_order_id="")
        .first()
    )


def attempt_with_gateway_order(*, reference: str, provider: str, order_id: str | None) -> Payment | None:
    """The intent of a gateway order, ours by our own record; without an id the newest one of the reference."""
    mine = Payment.objects.filter(reference=reference, provider=provider).exclude(provider_order_id="")
    if order_id is not None:
        return mine.filter(provider_order_id=order_id).order_by("pk").first()
    return mine.order_by("-pk").first()


def has_open_dispute(payment: Payment) -> bool:
    return open_disputes().filter(payment=payment).exists()


def open_disputes() -> QuerySet[Dispute]:
    return Dispute.objects.exclude(status__in=DISPUTE_ENDS)


def failed_refunds() -> QuerySet[Refund]:
    """Refunds that did not reach the customer, and that nobody has dealt with."""
    return Refund.objects.filter(status=Refund.Status.FAILED, dealt_with_at=None, payment__status=Payment.Status.PAID)


def open_differences() -> QuerySet[SettlementDifference]:
    return SettlementDifference.objects.filter(dealt_with_at=None)
