from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.services.keep import keep
from checkout.credit.services.write_entry import lock_known_account
from checkout.order.errors import Shortage
from checkout.order.events import OrderCancelled, OrderPaid, RefundDue
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import credit_left, is_payable, move, to_pay
from checkout.order.services.hold_stock import take_again
from checkout.order.services.return_credit import return_credit
from checkout.order.services.timeline import note
from shop.core.money import Money
from shop.core.outbox import publish


def settle_payment(*, order_id: int, payment_id: int, amount: Money, at: datetime) -> Order:
    """A captured payment ends in exactly one paid order, or in one full refund (promises P2, S6).

    It pays an order that waits for this amount and whose pieces are held or can be had again. Else it goes back: the
    order is cancelled, already paid, worth another amount, or sold out meanwhile (then the order is cancelled).
    Store credit that paid for a part of it stays with the order, unless it is cancelled.
    Locks: the order, the credit account if it was used, then stock items in primary-key order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if not is_payable(order) or amount != to_pay(order):
            _give_back(order, payment_id, "the order does not wait for this payment")
            return order
        if credit_left(order) and order.user_id:
            lock_known_account(order.user_id, order.currency)  # before stock
        if keep(reference=order.reference) or _had_again(order, at):
            _mark_paid(order, payment_id, at)
        else:
            _cancel_for_lack_of_stock(order, payment_id, at)
    return order


def _had_again(order: Order, at: datetime) -> bool:
    try:
        with transaction.atomic():
            take_again(order, at=at, expires_at=None)
    except Shortage:
        return False
    return True


def _mark_paid(order: Order, payment_id: int, at: datetime) -> None:
    move(order, payment_status=Order.PaymentStatus.PAID)
    order.stock_held_until = order.cancel_at = None
    order.save(update_fields=["payment_status", "stock_held_until", "cancel_at"])
    note(order, OrderEvent.Kind.PAID, at=at)
    publish(OrderPaid(order.pk, payment_id), aggregate=order.reference, at=at)


def _give_back(order: Order, payment_id: int, reason: str) -> None:
    if order.payment_status == Order.PaymentStatus.VOID:  # it died unpaid, and now there is money of it
        move(order, payment_status=Order.PaymentStatus.REFUND_DUE)
        order.save(update_fields=["payment_status"])
    publish(RefundDue(order.pk, payment_id, reason), aggregate=order.reference)


def _cancel_for_lack_of_stock(order: Order, payment_id: int, at: datetime) -> None:
    move(order, status=Order.Status.CANCELLED, payment_status=Order.PaymentStatus.REFUND_DUE)
    order.save(update_fields=["status", "payment_status"])
    note(order, OrderEvent.Kind.CANCELLED, at=at, text="Sold out before the payment arrived; the money goes back.")
    publish(OrderCancelled(order.pk, by_person=False), aggregate=order.reference, at=at)
    _give_back(order, payment_id, "sold out before the payment arrived")
    return_credit(order, at=at)
