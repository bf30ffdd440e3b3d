from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.inventory.services.keep import keep
from catalog.inventory.services.release import release
from checkout.order.cash import cash_fee_of, cash_terms_of
from checkout.order.errors import WrongState
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import (
    CONFIRMED_WITHIN,
    STOCK_HELD_FOR,
    UNCONFIRMED,
    UNPAID_CANCELLED_AFTER,
    is_cash,
    is_waiting_for_money,
    next_statuses,
    to_pay,
    waits_for_code,
)
from checkout.order.services.hold_stock import take_again
from checkout.order.services.send_code import send_code_later
from checkout.order.services.sent_by import sent_by
from checkout.order.services.tell_to_pay import tell_of_cash_later
from checkout.order.services.timeline import note
from checkout.payment import providers
from checkout.payment.errors import ProviderNotOffered
from checkout.payment.selectors import paid_payments
from checkout.payment.services.await_cash import await_cash
from checkout.payment.services.void_payments import void_payments
from checkout.shipping.selectors import name_of
from shop.core.errors import Invalid
from shop.core.money import Money

CHANGED = ["payment_method", "shipping", "shipping_name", "total", "stock_held_until", "cancel_at", "review_reason"]


def change_payment_method(*, order_id: int, method: str, at: datetime) -> Order:
    """An order that waits for money is to be paid another way: ahead, through another gateway, or at the door.

    One way wins under the lock: what was begun the other way is not collected any more, and money that comes of it all the
    same goes back once the order is paid at the door. The fee for cash joins the total or leaves it. Again: no effect.
    Raises WrongState (paid, shipped, over), ProviderNotOffered, Invalid (the rules of cash), Shortage; then nothing changed.
    Locks: the order, its payments, then stock items in primary-key order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if not is_waiting_for_money(order) or paid_payments(order.reference):
            raise WrongState(allowed=next_statuses(order))
        if method != order.payment_method:
            before = order.payment_method
            (_to_cash if method == "cod" else _to_gateway)(order, method, at)
            order.save(update_fields=CHANGED)
            note(order, OrderEvent.Kind.METHOD_CHANGED, at=at, text=f"{before} → {method}")
            if waits_for_code(order):
                send_code_later.enqueue(order.pk)
            elif is_cash(order):
                tell_of_cash_later.enqueue(order.pk)
    return order


def _to_cash(order: Order, method: str, at: datetime) -> None:
    terms = cash_terms_of(order)
    if terms.refusal:
        raise Invalid(errors={"payment_method": [f"{_('Cash on delivery')}: {terms.refusal}"]})
    void_payments(reference=order.reference)
    _charge(order, terms.fee.minor)
    order.payment_method, order.stock_held_until, order.cancel_at = method, None, None
    if terms.must_confirm and not order.review_reason:
        order.review_reason, order.cancel_at = UNCONFIRMED, at + CONFIRMED_WITHIN
    await_cash(reference=order.reference, amount=to_pay(order), surcharge=terms.fee.minor)
    if not keep(reference=order.reference):
        take_again(order, at=at, expires_at=None)


def _to_gateway(order: Order, method: str, at: datetime) -> None:
    if method not in providers.offered(order.currency):
        raise ProviderNotOffered(provider=method, currency=order.currency)
    fee, was_cash = cash_fee_of(order), is_cash(order)
    void_payments(reference=order.reference)
    if waits_for_code(order):
        order.review_reason = ""
    order.payment_method = method
    if was_cash:
        _charge(order, -fee.minor)
        order.stock_held_until, order.cancel_at = at + STOCK_HELD_FOR, at + UNPAID_CANCELLED_AFTER
        # Cash holds its pieces until they ship; from now on they are held as long as for any payment.
        release(reference=order.reference, at=at)
        take_again(order, at=at, expires_at=order.stock_held_until)


def _charge(order: Order, fee: int) -> None:
    if not fee:
        return
    order.shipping += fee
    order.total += fee
    name = name_of(code=order.shipping_method, currency=order.currency, locale=order.locale)
    order.shipping_name = sent_by(name or order.shipping_name, Money(max(fee, 0), order.currency), order.locale)
