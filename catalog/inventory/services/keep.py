from __future__ import annotations

from catalog.inventory.models import Reservation


def keep(*, reference: str) -> bool:
    """Take the expiry off what a reference holds (it is paid). False when nothing is held any more.

    Locks: the reservations, by the UPDATE itself; a clock that has just ended them wins, and the caller sees False.
    """
    held = Reservation.objects.filter(reference=reference, status=Reservation.Status.HELD)
    return held.update(expires_at=None) > 0
