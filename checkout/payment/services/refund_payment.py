from __future__ import annotations

import contextlib

from django.utils import timezone

from checkout.payment.errors import GatewayUnavailable
from checkout.payment.models import Refund
from checkout.payment.services.request_refund import request_refund
from checkout.payment.services.send_refund import send_refund
from shop.core.db import forbid_in_transaction


def refund_payment(
    *,
    payment_id: int,
    amount: int | None,
    reason: str,
    by: str,
    idempotency_key: str | None = None,
    force: bool = False,
) -> Refund:
    """Give back a payment, or a part of it in minor units, and tell the gateway at once.

    When the gateway does not answer, the refund stays requested and a task goes on with it: it is not asked for again.
    Inside a transaction use `request_refund`. Raises NotRefundable, DisputeOpen, NotThere. Locks: the payment, for an instant.
    """
    forbid_in_transaction("refund")
    refund = request_refund(
        payment_id=payment_id, amount=amount, reason=reason, by=by, at=timezone.now(), idempotency_key=idempotency_key,
        force=force,
    )  # fmt: skip
    with contextlib.suppress(GatewayUnavailable):
        return send_refund(refund_id=refund.pk)
    return refund
