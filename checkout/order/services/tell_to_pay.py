from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django_tasks import task

from checkout.order.letters import write_about
from checkout.order.locks import lock_order
from checkout.order.models import Order
from checkout.order.rules import is_cash, is_payable, waits_for_code
from shop.notifications.models import Notification

# Most buyers pay at once, and the letter of the payment tells of the order too: one, not two.
PATIENCE = timedelta(minutes=15)


def tell_to_pay(*, order_id: int) -> None:
    """Write that the order waits for its payment, unless it was paid, cancelled or is paid at the door by now.

    Locks: the order, so that it is not paid between the look and the letter.
    """
    with transaction.atomic():
        if is_payable(lock_order(order_id)):
            write_about(order_id, "order_to_pay")


def tell_of_cash(*, order_id: int) -> None:
    """Of an order that is to be paid at the door after all. Locks: the order."""
    with transaction.atomic():
        order = lock_order(order_id)
        if is_cash(order) and not waits_for_code(order):
            write_of_cash(order)


def write_of_cash(order: Order) -> None:
    """That it is packed, and paid at the door. Who was told that it waits for a payment is told that it no longer does;
    that the order is there they know."""
    is_told = Notification.objects.filter(reference=order.reference, kind="order_to_pay").exists()
    write_about(order.pk, "order_cash" if is_told else "order_placed")


@task(priority=50)
def tell_to_pay_later(order_id: int) -> None:
    tell_to_pay(order_id=order_id)


@task(priority=50)
def tell_of_cash_later(order_id: int) -> None:
    tell_of_cash(order_id=order_id)
