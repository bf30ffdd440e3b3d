from __future__ import annotations

from typing import Any

from django.utils import timezone

from checkout.order.services.refund_as_credit import refund_as_credit
from checkout.payment.models import Refund
from checkout.payment.services.refund_payment import refund_payment


def give_back(
    *, payment_id: int, amount: int | None, reason: str, by: str, to: str, idempotency_key: str | None = None,
    force: bool = False,
) -> Refund:  # fmt: skip
    """Staff give back a payment, or a part of it in minor units: the way it was paid, or as store credit of its buyer.

    Must be outermost: a gateway may be told. Raises what `refund_payment` and `refund_as_credit` raise, and locks so.
    """
    facts: dict[str, Any] = {"payment_id": payment_id, "amount": amount, "reason": reason, "by": by, "force": force}
    if to == Refund.To.STORE_CREDIT:
        return refund_as_credit(**facts, idempotency_key=idempotency_key, at=timezone.now())
    return refund_payment(**facts, idempotency_key=idempotency_key)
