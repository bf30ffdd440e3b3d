from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.order.locks import lock_order
from checkout.order.models import OrderEvent
from checkout.order.services.timeline import note


def note_failure(*, order_id: int, at: datetime) -> None:
    """An attempt to pay failed: it stands in the timeline. Raises NotThere. Locks: the order."""
    with transaction.atomic():
        note(lock_order(order_id), OrderEvent.Kind.PAYMENT_FAILED, at=at)
