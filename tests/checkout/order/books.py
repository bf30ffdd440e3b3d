"""What must add up, whatever was done to orders."""

from __future__ import annotations

from django.db.models import F, Sum

from catalog.inventory.models import Reservation, StockItem, StockMovement
from checkout.order.models import FulfillmentLine, Order, OrderEvent, OrderLine, Return, ReturnLine, TrackingEvent
from checkout.payment.models import Payment, Refund
from shop.core.outbox.models import OutboxEvent


def assert_books_add_up() -> None:
    """S1 to S3, M7, and the counters of order lines."""
    for item in StockItem.objects.all():
        assert item.on_hand == (item.movements.aggregate(n=Sum("delta"))["n"] or 0)
        held = Reservation.objects.filter(stock_item=item, status="held").aggregate(n=Sum("quantity"))["n"] or 0
        assert item.reserved == held
    for line in OrderLine.objects.all():
        in_parcels = FulfillmentLine.objects.filter(order_line=line).aggregate(n=Sum("quantity"))["n"] or 0
        back = ReturnLine.objects.filter(order_line=line).exclude(return_of__status="rejected")
        assert (line.shipped, line.returned) == (in_parcels, back.aggregate(n=Sum("quantity"))["n"] or 0)
        sold = StockMovement.objects.filter(reference=f"order:{line.order_id}", stock_item__variant=line.variant_id)
        assert -(sold.filter(kind="sale").aggregate(n=Sum("delta"))["n"] or 0) == in_parcels
    assert not Payment.objects.filter(refunded_amount__gt=F("captured_amount")).exists()


def everything() -> tuple:
    """What must not change when something is refused."""
    models = (Order, OrderLine, OrderEvent, FulfillmentLine, TrackingEvent, Return, ReturnLine, StockItem,
              StockMovement, Reservation, Payment, Refund, OutboxEvent)  # fmt: skip
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def events(name: str) -> list[dict]:
    return list(OutboxEvent.objects.filter(name=name).order_by("pk").values_list("payload", flat=True))
