from __future__ import annotations

from checkout.payment.models import Payment
from shop.core.money import Money


def await_cash(*, reference: str, amount: Money, surcharge: int = 0) -> Payment:
    """Note that the courier will collect this amount at the door, a surcharge for cash within it (minor units).

    Inside the caller's transaction; no gateway.
    """
    return Payment.objects.create(
        reference=reference, provider="cod", amount=amount.minor, currency=amount.currency, surcharge=surcharge
    )
