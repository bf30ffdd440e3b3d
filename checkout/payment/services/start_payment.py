from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from checkout.payment import providers
from checkout.payment.errors import AlreadyPaid, GatewayUnavailable, PaymentStarting
from checkout.payment.models import Payment
from checkout.payment.ports import Gateway, GatewayOrder
from checkout.payment.rules import FIRST_CHECK_AFTER
from checkout.payment.selectors import waiting_payment
from checkout.payment.services.close_gateway_order import close_later
from shop.core.db import durable, forbid_in_transaction, lock_in_order, try_advisory_lock
from shop.core.money import Money

WAIT_SECONDS = 15.0


def start_payment(*, reference: str, provider: str, amount: Money) -> Payment:
    """Open an order at the gateway for this amount, or give the one that is open already.

    The row stands before the gateway is asked, so that whatever is lost is found again by its receipt.
    Raises AlreadyPaid, ProviderNotOffered, GatewayUnavailable, GatewayRefused, PaymentStarting.
    Locks: an advisory lock per reference while the gateway works; the reference's payments for an instant.
    """
    gateway = providers.gateway(provider)
    forbid_in_transaction(provider)
    since = timezone.now() - gateway.order_lives if gateway.order_lives else None
    known = waiting_payment(reference=reference, provider=provider, amount=amount)
    if known is not None and not _is_over(known, since):
        return known
    with _one_at_a_time(reference):
        payment, is_new = _write_intent(reference, provider, amount, since)
        if payment.provider_order_id:
            return payment
        return _note_gateway_order(payment, _open_order(gateway, payment, is_new=is_new))


@contextlib.contextmanager
def _one_at_a_time(reference: str) -> Iterator[None]:
    """Two clicks are served one after the other; the second finds what the first has opened."""
    give_up_at = time.monotonic() + WAIT_SECONDS
    while True:
        with try_advisory_lock(f"payment.start {reference}") as held:
            if held:
                yield
                return
        if time.monotonic() > give_up_at:
            raise PaymentStarting
        time.sleep(0.05)


def _write_intent(reference: str, provider: str, amount: Money, since: datetime | None) -> tuple[Payment, bool]:
    with durable():
        attempts = lock_in_order(Payment.objects.filter(reference=reference))
        if any(attempt.status == Payment.Status.PAID for attempt in attempts):
            raise AlreadyPaid
        for attempt in attempts:
            if _is_open(attempt, provider):
                same = (attempt.amount, attempt.currency) == (amount.minor, amount.currency)
                if same and not _is_over(attempt, since):
                    return attempt, False
                # What is paid on it all the same is seen, and goes back.
                attempt.status = Payment.Status.VOID
                attempt.save(update_fields=["status"])
                close_later(attempt)
        return Payment.objects.create(
            reference=reference, provider=provider, amount=amount.minor, currency=amount.currency
        ), True


def _is_over(attempt: Payment, since: datetime | None) -> bool:
    """Whether the gateway closes its order too soon to send a customer there."""
    return since is not None and attempt.created_at < since and attempt.status == Payment.Status.CREATED


def _is_open(attempt: Payment, provider: str) -> bool:
    return attempt.provider == provider and attempt.status in (Payment.Status.CREATED, Payment.Status.AUTHORIZED)


def _open_order(gateway: Gateway, payment: Payment, *, is_new: bool) -> GatewayOrder:
    """Ask for an order, once: after a lost answer, now or in an earlier call, it is looked for by its receipt."""
    amount = Money(payment.amount, payment.currency)
    if not is_new and (found := gateway.find_order(receipt=payment.receipt, amount=amount)):
        return found
    try:
        notes = {"reference": payment.reference}
        return gateway.create_order(receipt=payment.receipt, amount=amount, notes=notes)
    except GatewayUnavailable:
        found = gateway.find_order(receipt=payment.receipt, amount=amount)
        if found is None:
            raise
        return found


def _note_gateway_order(payment: Payment, order: GatewayOrder) -> Payment:
    payment.provider_order_id = order.id
    payment.check_at = timezone.now() + FIRST_CHECK_AFTER
    with durable():
        # The reference may have died meanwhile: the status is not touched, and nobody is to pay there.
        payment.save(update_fields=["provider_order_id", "check_at"])
        payment.refresh_from_db(fields=["status"])
        if payment.status == Payment.Status.VOID:
            close_later(payment)
    return payment
