"""What parcels that arrived, or were refused, make of their order. Used by the verbs beside it, under the order's lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Sum

from catalog.inventory.locks import lock_items
from catalog.inventory.services.release import release
from catalog.inventory.services.take_back import Back, take_back
from checkout.order.events import OrderCancelled, OrderDelivered, RefundDue
from checkout.order.models import Fulfillment, FulfillmentLine, Order, OrderEvent
from checkout.order.rules import ON_THE_ROAD, credit_left, is_cash, move, move_parcel, payment_status_at_end
from checkout.order.services.return_credit import return_credit
from checkout.order.services.split_refund import split_refund
from checkout.order.services.timeline import note
from checkout.order.worth import worth_of
from checkout.payment.selectors import paid_payments
from checkout.payment.services.collect_cash import collect_cash
from checkout.payment.services.request_refund import request_refund
from checkout.payment.services.void_payments import void_payments
from shop.core.outbox import publish

D, X = Fulfillment.Status.DELIVERED, Fulfillment.Status.REFUSED
REFUSED = "Refused at the door"


def on_the_road(order: Order) -> list[Fulfillment]:
    return list(order.fulfillments.filter(status__in=ON_THE_ROAD).order_by("number"))


def arrive(order: Order, parcels: Iterable[Fulfillment], *, at: datetime, by: str) -> None:
    """They were handed over. The order is delivered when nothing more is to come; then its cash is booked."""
    for parcel in parcels:
        move_parcel(parcel, D)
        parcel.delivered_at = at
        parcel.save(update_fields=["status", "delivered_at"])
    _conclude(order, at=at, by=by)


def refuse(order: Order, parcels: Iterable[Fulfillment], *, at: datetime, by: str) -> None:
    """Nobody took them: their pieces come back. An order of which nothing arrived is cancelled, its rest released.

    Stock is locked last, all of it at once.
    """
    parcels = list(parcels)
    for parcel in parcels:
        move_parcel(parcel, X)
        parcel.save(update_fields=["status"])
        note(order, OrderEvent.Kind.REFUSED, at=at, by=by)
    _conclude(order, at=at, by=by)
    lock_items(variant_ids=order.lines.values_list("variant_id", flat=True))
    if order.status == Order.Status.CANCELLED:
        release(reference=order.reference, at=at)
    lines = FulfillmentLine.objects.filter(fulfillment__in=parcels).select_related("order_line").order_by("pk")
    back = [Back(line.order_line.variant_id, line.quantity) for line in lines]
    take_back(lines=back, reference=order.reference, at=at, reason=REFUSED, actor=by)


def _conclude(order: Order, *, at: datetime, by: str) -> None:
    ends = set(order.fulfillments.values_list("status", flat=True))
    if ends & set(ON_THE_ROAD):
        return
    if D not in ends:
        _nothing_arrived(order, at=at)
    elif not order.lines.filter(shipped__lt=F("quantity")).exists():
        _all_arrived(order, at=at, by=by)


def _all_arrived(order: Order, *, at: datetime, by: str) -> None:
    move(order, fulfillment_status=Order.FulfillmentStatus.DELIVERED, status=Order.Status.COMPLETED)
    if is_cash(order):
        collect_cash(reference=order.reference, at=at)
        move(order, payment_status=Order.PaymentStatus.PAID)
        note(order, OrderEvent.Kind.PAID, at=at, by=by, text="Cash collected at the door")
    order.save(update_fields=["fulfillment_status", "status", "payment_status"])
    note(order, OrderEvent.Kind.DELIVERED, at=at, by=by)
    publish(OrderDelivered(order.pk), aggregate=order.reference, at=at)
    _give_back_refused_part(order, at=at)


def _give_back_refused_part(order: Order, *, at: datetime) -> None:
    """One parcel was taken and another one refused: what lay in that one is not paid for."""
    refused = FulfillmentLine.objects.filter(fulfillment__order=order, fulfillment__status=X)
    units = dict(refused.values_list("order_line").annotate(units=Sum("quantity")))
    amount = sum(worth_of(order, units).values())
    there = max((payment.refundable for payment in paid_payments(order.reference)), default=0) + credit_left(order)
    if not (amount := min(amount, there)):
        return
    split = split_refund(order, amount)
    if split.payment and split.money:
        request_refund(
            payment_id=split.payment.pk, amount=split.money, reason=REFUSED, by="shop", at=at,
            idempotency_key="refused part",
        )  # fmt: skip
    return_credit(order, amount=split.credit, reference=f"refused:{order.pk}", at=at)


def _nothing_arrived(order: Order, *, at: datetime) -> None:
    paid = paid_payments(order.reference)
    payment_status = payment_status_at_end(order, has_money=bool(paid))
    move(
        order,
        fulfillment_status=Order.FulfillmentStatus.REFUSED,
        status=Order.Status.CANCELLED,
        payment_status=payment_status,
    )
    order.save(update_fields=["fulfillment_status", "status", "payment_status"])
    publish(OrderCancelled(order.pk, by_person=True), aggregate=order.reference, at=at)
    for payment in paid:
        publish(RefundDue(order.pk, payment.pk, REFUSED), aggregate=order.reference, at=at)
    if not paid:
        void_payments(reference=order.reference)
    return_credit(order, at=at)
