from __future__ import annotations

from checkout.payment.models import Payment
from shop.core.money import Money


def paid_payments(reference: str) -> list[Payment]:
    """Captured payments of a reference that are not refunded yet, locked."""
    paid = Payment.objects.filter(reference=reference, status=Payment.Status.PAID)
    return list(paid.order_by("pk").select_for_update())


def payments_of(reference: str) -> list[Payment]:
    """Every attempt, the oldest first."""
    return list(Payment.objects.filter(reference=reference).order_by("pk"))


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
