from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.locks import lock_items
from catalog.inventory.models import Reservation
from catalog.inventory.services import change


def release(*, reference: str, at: datetime, expired: bool = False) -> int:
    """Give back what a reference holds; returns the units. A second call finds nothing held and does nothing.
    `expired` gives back only what is due by then: what was paid in the meantime is kept.

    Locks: stock items in primary-key order, then the reservations.
    """
    ended = Reservation.Status.EXPIRED if expired else Reservation.Status.RELEASED
    with transaction.atomic():
        held = held_by(reference, due_at=at if expired else None)
        units = 0
        before = change.availability([reservation.stock_item for reservation in held])
        for reservation in held:
            reservation.stock_item.reserved -= reservation.quantity
            reservation.status, reservation.ended_at = ended, at
            units += reservation.quantity
        Reservation.objects.bulk_update(held, ["status", "ended_at"])
        change.write([reservation.stock_item for reservation in held], before=before)
    return units


def held_by(reference: str, *, due_at: datetime | None = None) -> list[Reservation]:
    """Open reservations of a reference with their stock items, all locked. Read again after the lock: a rival may
    have ended them while this transaction waited."""
    held = Reservation.objects.filter(reference=reference, status=Reservation.Status.HELD)
    if due_at is not None:
        held = held.filter(expires_at__lte=due_at)
    item_ids = list(held.values_list("stock_item_id", flat=True))
    items = {item.pk: item for item in lock_items(item_ids=item_ids)} if item_ids else {}
    reservations = list(held.filter(stock_item_id__in=items).order_by("pk").select_for_update())
    for reservation in reservations:
        reservation.stock_item = items[reservation.stock_item_id]
    return reservations
