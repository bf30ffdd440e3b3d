from __future__ import annotations

from datetime import datetime

from checkout.order.models import Order, OrderEvent


def note(order: Order, kind: str, *, at: datetime, by: str = "", text: str = "") -> OrderEvent:
    """Append to the timeline of a locked order."""
    return OrderEvent.objects.create(order=order, kind=kind, at=at, by=by[:150], note=text[:500])
