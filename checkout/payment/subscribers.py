from __future__ import annotations

import logging

from checkout.payment.errors import DisputeOpen, NotRefundable
from checkout.payment.models import Payment
from checkout.payment.rules import REFUND_DUE
from checkout.payment.services.request_refund import request_refund
from shop.core.outbox import Message, subscribe

logger = logging.getLogger(__name__)


@subscribe("order.refund_due")
def give_back(message: Message) -> None:
    """Whoever owns the reference does not want this money: all of it goes back, once however often it is said."""
    payment_id, reason = message.payload["payment_id"], message.payload["reason"]
    try:
        request_refund(
            payment_id=payment_id, amount=None, reason=reason, by="shop", at=message.occurred_at,
            idempotency_key=REFUND_DUE,
        )  # fmt: skip
    except DisputeOpen:
        # Perhaps the bank gives it back: a person decides. Until then the order stands among the payments to look at.
        logger.warning("payment %s is not refunded while a dispute is open", payment_id)
    except NotRefundable:
        if Payment.objects.get(pk=payment_id).refundable:
            raise
