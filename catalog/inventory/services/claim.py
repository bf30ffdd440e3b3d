from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.inventory.errors import NotHeld
from catalog.inventory.models import Reservation, StockMovement
from catalog.inventory.services import change
from catalog.inventory.services.release import held_by
from catalog.inventory.services.reserve import Wanted

Taken = tuple[Reservation, int]


def claim(*, reference: str, at: datetime, lines: Sequence[Wanted] | None = None, actor: str = "") -> int:
    """Held units leave the shelf (shipped); returns how many. `lines=None`: all that is held, and a second call does
    nothing. With lines just those; what stays held is a reservation still. Raises NotHeld; then nothing has changed.

    Locks: stock items in primary-key order, then the reservations.
    """
    with transaction.atomic():
        held = held_by(reference)
        taken = [(reservation, reservation.quantity) for reservation in held] if lines is None else _pick(held, lines)
        before = change.availability([reservation.stock_item for reservation, _ in taken])
        for reservation, units in taken:
            reservation.stock_item.reserved -= units
            reservation.stock_item.on_hand -= units
        StockMovement.objects.bulk_create(_sale(reservation, units, at, actor) for reservation, units in taken)
        _end(taken, at)
        change.write([reservation.stock_item for reservation, _ in taken], before=before)
    return sum(units for _, units in taken)


def _pick(held: list[Reservation], lines: Sequence[Wanted]) -> list[Taken]:
    rest = Counter[int]()
    for line in lines:
        rest[line.variant_id] += line.quantity
    taken: list[Taken] = []
    for reservation in held:
        variant_id = reservation.stock_item.variant_id
        if units := min(rest[variant_id], reservation.quantity):
            rest[variant_id] -= units
            taken.append((reservation, units))
    if missing := {variant_id: units for variant_id, units in rest.items() if units}:
        raise NotHeld(missing=missing)
    return taken


def _end(taken: list[Taken], at: datetime) -> None:
    """A reservation that is claimed in part goes on with the rest; the part is one of its own, which has ended."""
    parts = []
    for reservation, units in taken:
        if units < reservation.quantity:
            reservation.quantity -= units
            parts.append(_part(reservation, units, at))
        else:
            reservation.status, reservation.ended_at = Reservation.Status.CLAIMED, at
    Reservation.objects.bulk_update([reservation for reservation, _ in taken], ["quantity", "status", "ended_at"])
    Reservation.objects.bulk_create(parts)


def _part(of: Reservation, units: int, at: datetime) -> Reservation:
    return Reservation(
        stock_item=of.stock_item, reference=of.reference, quantity=units, status=Reservation.Status.CLAIMED,
        expires_at=of.expires_at, created_at=of.created_at, ended_at=at,
    )  # fmt: skip


def _sale(reservation: Reservation, units: int, at: datetime, actor: str) -> StockMovement:
    return StockMovement(
        stock_item=reservation.stock_item,
        delta=-units,
        kind=StockMovement.Kind.SALE,
        reference=reservation.reference,
        actor=actor,
        at=at,
    )
