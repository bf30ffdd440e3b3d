from __future__ import annotations

from checkout.payment.models import Payment
from shop.core.money import Money


def await_cash(*, reference: str, amount: Money) -> Payment:
    """Note that the courier will collect this amount at the door. Inside the caller's transaction; no gateway."""
    return Payment.objects.create(reference=reference, provider="cod", amount=amount.minor, currency=amount.currency)
