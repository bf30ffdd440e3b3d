from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from checkout.payment.errors import DisputeOpen, NotRefundable
from checkout.payment.models import LedgerEntry, Payment, Refund
from checkout.payment.rules import REFUND_RETRY_AFTER, refund_key
from checkout.payment.selectors import has_open_dispute
from checkout.payment.services.book import book
from checkout.payment.services.send_refund import send_refund_later
from shop.core.errors import NotThere
from shop.core.money import Money

S = Payment.Status


def request_refund(
    *, payment_id: int, amount: int | None, reason: str, by: str, at: datetime, idempotency_key: str | None = None,
    force: bool = False,
) -> Refund:  # fmt: skip
    """Write down that money goes back; a task tells the gateway. For use inside the caller's transaction.

    `amount` in minor units, None for all that is left. The same key for the same payment gives the same refund.
    `force` refunds beside an open dispute. Raises NotRefundable (also for the same key with another amount),
    DisputeOpen, NotThere. Locks: the payment.
    """
    key = refund_key(payment_id, idempotency_key) if idempotency_key else f"rfd-{secrets.token_hex(18)}"
    with transaction.atomic():
        payment = Payment.objects.select_for_update().filter(pk=payment_id).first()
        if payment is None:
            raise NotThere
        known = Refund.objects.filter(idempotency_key=key).first()
        if known is not None:
            return _same(known, payment, amount)
        if not force and has_open_dispute(payment):
            raise DisputeOpen
        refund = _write(payment, amount, key=key, reason=reason, by=by, at=at)
        send_refund_later.enqueue(refund.pk)
    return refund


def _same(known: Refund, payment: Payment, amount: int | None) -> Refund:
    if amount is not None and amount != known.amount:
        raise NotRefundable(_("This key was used for another amount."), refundable=_left(payment))
    return known


def _write(payment: Payment, amount: int | None, *, key: str, reason: str, by: str, at: datetime) -> Refund:
    amount = payment.refundable if amount is None else amount
    if payment.status != S.PAID or not 0 < amount <= payment.refundable:
        raise NotRefundable(refundable=_left(payment))
    payment.refunded_amount += amount
    payment.save(update_fields=["refunded_amount"])
    book(payment, LedgerEntry.Kind.REFUNDED, -amount, at=at, reference=key)
    return Refund.objects.create(
        payment=payment, amount=amount, idempotency_key=key, reason=reason[:255], requested_by=by[:150],
        check_at=at + REFUND_RETRY_AFTER,
    )  # fmt: skip


def _left(payment: Payment) -> Money:
    return Money(payment.refundable if payment.status == S.PAID else 0, payment.currency)
