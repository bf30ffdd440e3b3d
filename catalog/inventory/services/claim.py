from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.models import Reservation, StockMovement
from catalog.inventory.services import change
from catalog.inventory.services.release import held_by


def claim(*, reference: str, at: datetime, actor: str = "") -> int:
    """The held units leave the shelf (shipped); returns them. A second call does nothing.

    Locks: stock items in primary-key order, then the reservations.
    """
    with transaction.atomic():
        held = held_by(reference)
        before = change.availability([reservation.stock_item for reservation in held])
        for reservation in held:
            reservation.stock_item.reserved -= reservation.quantity
            reservation.stock_item.on_hand -= reservation.quantity
            reservation.status, reservation.ended_at = Reservation.Status.CLAIMED, at
        Reservation.objects.bulk_update(held, ["status", "ended_at"])
        StockMovement.objects.bulk_create(_sale(reservation, at, actor) for reservation in held)
        change.write([reservation.stock_item for reservation in held], before=before)
    return sum(reservation.quantity for reservation in held)


def _sale(reservation: Reservation, at: datetime, actor: str) -> StockMovement:
    return StockMovement(
        stock_item=reservation.stock_item,
        delta=-reservation.quantity,
        kind=StockMovement.Kind.SALE,
        reference=reservation.reference,
        actor=actor,
        at=at,
    )
