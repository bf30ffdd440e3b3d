from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from catalog.inventory.services.claim import claim
from catalog.inventory.services.reserve import Wanted
from checkout.order.errors import UnderReview, WrongState
from checkout.order.events import OrderShipped
from checkout.order.locks import lock_order
from checkout.order.models import Fulfillment, FulfillmentLine, Order, OrderEvent, OrderLine
from checkout.order.rules import is_shippable, move, next_statuses
from checkout.order.services.book_parcel import book_parcel_later
from checkout.order.services.timeline import note
from checkout.shipping import couriers
from shop.core.errors import Invalid
from shop.core.outbox import publish

Units = dict[OrderLine, int]


@dataclass(frozen=True)
class Carrier:
    """Who carries a parcel: the code of an adapter, and what a person typed where the courier has no adapter."""

    courier: str = "manual"
    name: str = ""
    tracking_number: str = ""
    tracking_url: str = ""


BY_HAND = Carrier()


def ship_parcel(
    *, order_id: int, at: datetime, items: Mapping[int, int] | None = None, carrier: Carrier = BY_HAND,
    by: str = "", text: str = "",
) -> Fulfillment:  # fmt: skip
    """A parcel leaves: units by order line, or all that is left. Just those go off the shelf. A courier with an
    adapter is told afterwards, by a task.

    Raises UnderReview, WrongState, Invalid (`items`, `courier`), NotThere. Locks: the order, then stock items in primary-key order.
    """
    courier = couriers.courier(carrier.courier)
    with transaction.atomic():
        order = lock_order(order_id)
        if order.review_reason and order.status == Order.Status.PLACED:
            raise UnderReview(reason=order.review_reason)
        if not is_shippable(order):
            raise WrongState(allowed=next_statuses(order))
        units = _units(order, items)
        parcel = _write(order, units, carrier, courier.name, at)
        _move(order)
        note(order, OrderEvent.Kind.SHIPPED, at=at, by=by, text=text or _carried(parcel))
        publish(OrderShipped(order.pk, parcel.pk), aggregate=order.reference, at=at)
        if courier.takes_bookings:
            book_parcel_later.enqueue(parcel.pk)
        wanted = [Wanted(line.variant_id, quantity) for line, quantity in units.items()]
        claim(reference=order.reference, at=at, lines=wanted, actor=by)
    return parcel


def _units(order: Order, items: Mapping[int, int] | None) -> Units:
    lines = {line.pk: line for line in order.lines.order_by("pk")}
    if items is None:
        items = {pk: line.unshipped for pk, line in lines.items()}
    if strange := [pk for pk in items if pk not in lines]:
        raise Invalid(errors={"items": [_("Not of this order: %(ids)s.") % {"ids": ", ".join(map(str, strange))}]})
    for pk, quantity in items.items():
        if not 0 <= quantity <= lines[pk].unshipped:
            text = _("%(sku)s: %(left)s are left to ship.") % {"sku": lines[pk].sku, "left": lines[pk].unshipped}
            raise Invalid(errors={"items": [text]})
    units = {lines[pk]: quantity for pk, quantity in items.items() if quantity}
    if not units:
        raise Invalid(errors={"items": [_("Nothing is in the parcel.")]})
    return units


def _write(order: Order, units: Units, carrier: Carrier, courier_name: str, at: datetime) -> Fulfillment:
    typed = not couriers.courier(carrier.courier).takes_bookings  # else the booking brings the number
    parcel = Fulfillment.objects.create(
        order=order, number=order.fulfillments.count() + 1, courier=carrier.courier,
        courier_name=(carrier.name or courier_name)[:60], tracking_number=carrier.tracking_number if typed else "",
        tracking_url=carrier.tracking_url if typed else "", shipped_at=at,
    )  # fmt: skip
    FulfillmentLine.objects.bulk_create(
        FulfillmentLine(fulfillment=parcel, order_line=line, quantity=quantity) for line, quantity in units.items()
    )
    for line, quantity in units.items():
        OrderLine.objects.filter(pk=line.pk).update(shipped=F("shipped") + quantity)
    return parcel


def _move(order: Order) -> None:
    left = order.lines.filter(shipped__lt=F("quantity")).exists()
    move(order, fulfillment_status=Order.FulfillmentStatus.PARTIAL if left else Order.FulfillmentStatus.SHIPPED)
    order.save(update_fields=["fulfillment_status"])


def _carried(parcel: Fulfillment) -> str:
    return " ".join(filter(None, (parcel.courier_name, parcel.tracking_number)))
