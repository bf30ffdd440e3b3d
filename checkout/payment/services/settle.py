from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.payment.errors import Disagreement
from checkout.payment.events import PaymentAuthorized, PaymentCaptured, PaymentFailed
from checkout.payment.models import LedgerEntry, Payment
from checkout.payment.ports import GatewayOrder, GatewayPayment, Seen
from checkout.payment.rules import CAPTURE_AFTER, follows, is_what_was_asked
from checkout.payment.services.book import book
from shop.core.db import lock_in_order
from shop.core.money import Money
from shop.core.outbox import Event, publish

S, K = Payment.Status, LedgerEntry.Kind
SUCCESSES = (Seen.AUTHORIZED, Seen.CAPTURED)


def settle(
    *, provider: str, order: GatewayOrder, seen: GatewayPayment, at: datetime, keep_odd: bool = False
) -> Payment | None:
    """Take over what the gateway shows of a payment. The one place where a gateway moves a payment: browser return,
    webhook, reconciler and staff all end here, in any order and as often as they like.

    None when the gateway order is not ours. Raises Disagreement for a success that is not what was asked for; with
    `keep_odd` a capture is recorded as it is, so that whoever owns the reference gives it back.
    Locks: the attempts of the gateway order, by primary key.
    """
    with transaction.atomic():
        attempts = lock_in_order(Payment.objects.filter(provider=provider, provider_order_id=seen.order_id))
        if not attempts:
            return None
        asked = Money(attempts[0].amount, attempts[0].currency)
        is_odd = seen.state in SUCCESSES and not is_what_was_asked(asked, order, seen)
        if is_odd and not (keep_odd and seen.state is Seen.CAPTURED):
            raise Disagreement(f"asked {asked!r}, order {order!r}, payment {seen!r}")
        payment = _attempt_of(attempts, seen, is_odd=is_odd)
        then = follows(payment.status, seen.state)
        if then or payment.pk is None:
            _move(payment, then or payment.status, seen, at)
            _close_others(attempts, payment)
        _book(payment, seen, at, is_new=bool(then))
    return payment


def _attempt_of(attempts: list[Payment], seen: GatewayPayment, *, is_odd: bool) -> Payment:
    """The row of this very payment; else the waiting intent, which a success takes; else a row of its own."""
    for attempt in attempts:
        if attempt.provider_payment_id == seen.id:
            return _with_amount(attempt, seen) if is_odd else attempt
    if seen.state is Seen.WAITING:
        return attempts[0]
    intent = attempts[0]
    takes_it = intent.provider_payment_id is None and intent.status in (S.CREATED, S.VOID)
    if takes_it and not is_odd and seen.state in SUCCESSES:
        return intent
    another = Payment(
        reference=intent.reference,
        provider=intent.provider,
        provider_order_id=intent.provider_order_id,
        amount=intent.amount,
        currency=intent.currency,
        status=S.FAILED,
    )
    return _with_amount(another, seen) if is_odd else another


def _with_amount(payment: Payment, seen: GatewayPayment) -> Payment:
    payment.amount, payment.currency = seen.amount.minor, seen.amount.currency
    return payment


def _move(payment: Payment, then: str, seen: GatewayPayment, at: datetime) -> None:
    payment.status = then
    payment.provider_payment_id = seen.id
    payment.method = seen.method
    payment.error = seen.error if then == S.FAILED else ""
    if then == S.PAID:
        payment.captured_amount, payment.paid_at, payment.check_at = seen.amount.minor, at, None
    if then == S.AUTHORIZED:
        payment.check_at = at + CAPTURE_AFTER
    payment.save()
    _tell(payment, at)


def _book(payment: Payment, seen: GatewayPayment, at: datetime, *, is_new: bool) -> None:
    if is_new and payment.status == S.AUTHORIZED:
        book(payment, K.AUTHORIZED, seen.amount.minor, at=at, reference=seen.id)
    if is_new and payment.status == S.PAID:
        book(payment, K.CAPTURED, payment.captured_amount, at=at, reference=seen.id)
    if seen.fee and payment.captured_amount:  # some gateways name their fee only some time after the capture
        book(payment, K.FEE, -seen.fee, at=at, reference=seen.id)


def _tell(payment: Payment, at: datetime) -> None:
    pk, reference, amount, currency = payment.pk, payment.reference, payment.amount, payment.currency
    event: Event
    if payment.status == S.PAID:
        event = PaymentCaptured(pk, reference, amount, currency)
    elif payment.status == S.AUTHORIZED:
        event = PaymentAuthorized(pk, reference, amount, currency)
    else:
        event = PaymentFailed(pk, reference, payment.error)
    publish(event, aggregate=reference, at=at)


def _close_others(attempts: list[Payment], payment: Payment) -> None:
    """A paid gateway order takes no further attempt: its intent stops waiting, and nobody asks about it again."""
    if payment.status != S.PAID:
        return
    for attempt in attempts:
        if attempt.pk != payment.pk and (attempt.status == S.CREATED or attempt.check_at):
            attempt.status = S.VOID if attempt.status == S.CREATED else attempt.status
            attempt.check_at = None
            attempt.save(update_fields=["status", "check_at"])
