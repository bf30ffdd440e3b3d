from __future__ import annotations

from django.db import transaction
from django_tasks import task

from checkout.order.locks import lock_parcel
from checkout.order.models import Fulfillment, Order
from checkout.order.rules import is_cash, to_pay
from checkout.shipping import couriers
from checkout.shipping.couriers.port import Booking, Parcel, Piece
from checkout.shipping.errors import CourierRefused
from shop.core.db import forbid_in_transaction, try_advisory_lock
from shop.core.money import Money


def book_parcel(*, fulfillment_id: int) -> Fulfillment:
    """Tell the courier of a parcel, and keep its tracking number. Told twice, it is the same booking.

    Raises CourierUnavailable: a task tries again. What the courier refuses is kept with the parcel, for staff.
    Locks: an advisory lock per parcel while the courier works, then the order for an instant.
    """
    forbid_in_transaction("courier")
    with try_advisory_lock(f"order.book {fulfillment_id}") as held:
        parcel = Fulfillment.objects.select_related("order").get(pk=fulfillment_id)
        if not held or parcel.tracking_number or parcel.booking_error:
            return parcel
        try:
            booking = couriers.courier(parcel.courier).book(_described(parcel))
        except CourierRefused as refusal:
            return _keep(fulfillment_id, error=str(refusal.detail))
        return _keep(fulfillment_id, booking=booking)


@task(priority=40)
def book_parcel_later(fulfillment_id: int) -> None:
    book_parcel(fulfillment_id=fulfillment_id)


def _keep(fulfillment_id: int, *, booking: Booking | None = None, error: str = "") -> Fulfillment:
    with transaction.atomic():
        parcel = lock_parcel(fulfillment_id)
        if booking is not None:
            parcel.tracking_number, parcel.tracking_url = booking.tracking_number, booking.tracking_url
        parcel.booking_error = error[:255]
        parcel.save(update_fields=["tracking_number", "tracking_url", "booking_error"])
    return parcel


def _described(parcel: Fulfillment) -> Parcel:
    lines = parcel.lines.select_related("order_line").order_by("pk")
    pieces = [Piece(line.order_line.sku, line.order_line.name, line.quantity) for line in lines]
    return Parcel(key=str(parcel.key), number=str(parcel), to=parcel.order.address, pieces=pieces, cash=_cash(parcel))


def _cash(parcel: Fulfillment) -> Money | None:
    """The whole sum is collected with the parcel that completes the order."""
    order = parcel.order
    is_last = order.fulfillment_status == Order.FulfillmentStatus.SHIPPED and not order.fulfillments.filter(
        number__gt=parcel.number
    ).exists()  # fmt: skip
    return to_pay(order) if is_cash(order) and is_last else None
