from __future__ import annotations

from django.utils import timezone

from checkout.order.models import Order
from checkout.order.services.cancel_order import cancel_unpaid
from shop.core.tasks.clock import every


@every(seconds=60)
def cancel_unpaid_orders() -> None:
    now = timezone.now()
    due = Order.objects.filter(
        status=Order.Status.PLACED, payment_status=Order.PaymentStatus.PENDING, cancel_at__lte=now
    )
    for order_id in due.order_by("cancel_at").values_list("pk", flat=True)[:500]:
        cancel_unpaid(order_id=order_id, at=now)
