from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from checkout.payment.errors import DisputeOpen, NotRefundable
from checkout.payment.models import LedgerEntry, Payment, Refund
from checkout.payment.rules import REFUND_RETRY_AFTER, refund_key
from checkout.payment.selectors import has_open_dispute
from checkout.payment.services.book import book
from checkout.payment.services.send_refund import send_refund_later
from checkout.payment.services.settle_refund import note_processed
from shop.core.errors import NotThere
from shop.core.money import Money

S = Payment.Status


def request_refund(
    *, payment_id: int, amount: int | None, reason: str, by: str, at: datetime, idempotency_key: str | None = None,
    force: bool = False, to: str = Refund.To.SOURCE,
) -> Refund:  # fmt: skip
    """Write down that money goes back; a task tells the gateway. For use inside the caller's transaction.

    `amount` in minor units, None for all that is left. The same key for the same payment gives the same refund.
    `force` refunds beside an open dispute. `to="store_credit"`: no gateway is told, it is done at once, and the caller
    gives the credit in the same transaction. Raises NotRefundable (also for the same key with another amount),
    DisputeOpen, NotThere. Locks: the payment.
    """
    key = refund_key(payment_id, idempotency_key) if idempotency_key else f"rfd-{secrets.token_hex(18)}"
    with transaction.atomic():
        payment = Payment.objects.select_for_update().filter(pk=payment_id).first()
        if payment is None:
            raise NotThere
        known = Refund.objects.filter(idempotency_key=key).first()
        if known is not None:
            return _same(known, payment, amount, to)
        if not force and has_open_dispute(payment):
            raise DisputeOpen
        amount = _set_aside(payment, amount, as_credit=to == Refund.To.STORE_CREDIT)
        facts = {"payment": payment, "amount": amount, "idempotency_key": key, "reason": reason[:255],
                 "requested_by": by[:150]}  # fmt: skip
        return (_as_credit if to == Refund.To.STORE_CREDIT else _to_source)(facts, at)


def _same(known: Refund, payment: Payment, amount: int | None, to: str) -> Refund:
    if to != known.to or (amount is not None and amount != known.amount):
        raise NotRefundable(_("This key was used for another amount."), refundable=_left(payment))
    return known


def _set_aside(payment: Payment, amount: int | None, *, as_credit: bool) -> int:
    amount = payment.refundable if amount is None else amount
    if payment.status != S.PAID or not 0 < amount <= payment.refundable:
        raise NotRefundable(refundable=_left(payment))
    payment.refunded_amount += amount
    payment.credited_amount += amount if as_credit else 0
    payment.save(update_fields=["refunded_amount", "credited_amount"])
    return amount


def _to_source(facts: dict[str, Any], at: datetime) -> Refund:
    refund = Refund.objects.create(**facts, check_at=at + REFUND_RETRY_AFTER)
    book(refund.payment, LedgerEntry.Kind.REFUNDED, -refund.amount, at=at, reference=refund.idempotency_key)
    send_refund_later.enqueue(refund.pk)
    return refund


def _as_credit(facts: dict[str, Any], at: datetime) -> Refund:
    done = {"to": Refund.To.STORE_CREDIT, "status": Refund.Status.PROCESSED, "processed_at": at}
    refund = Refund.objects.create(**facts, **done)
    book(refund.payment, LedgerEntry.Kind.CREDITED, -refund.amount, at=at, reference=refund.idempotency_key)
    note_processed(refund.payment, refund, at)
    return refund


def _left(payment: Payment) -> Money:
    return Money(payment.refundable if payment.status == S.PAID else 0, payment.currency)
