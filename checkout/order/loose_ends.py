"""Money without an order and orders without money: both lists are empty when everything is at rest (promise P2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from checkout.order.models import Order
from checkout.payment.models import Payment

UNDER_WAY = timedelta(minutes=5)  # a capture is told to its order in seconds; younger ones are not at rest yet
OWN_REFERENCE = Concat(Value("order:"), Cast("pk", models.CharField()))
P, S = Order.PaymentStatus, Payment.Status


def captured_without_order(*, at: datetime) -> QuerySet[Payment]:
    """Money that we have and nobody is served for: no order of it is paid, or another payment paid it already."""
    orders = Order.objects.annotate(own_reference=OWN_REFERENCE).filter(own_reference=OuterRef("reference"))
    kept = Payment.objects.filter(status=S.PAID, refunded_amount__lt=F("captured_amount"))
    earlier = kept.filter(reference=OuterRef("reference"), pk__lt=OuterRef("pk"))
    lonely = ~Exists(orders.filter(payment_status=P.PAID)) | Exists(earlier)
    lost = F("captured_amount") - F("refunded_amount")
    return kept.filter(paid_at__lt=at - UNDER_WAY, disputed_amount__lt=lost).filter(lonely)


def orders_without_capture() -> QuerySet[Order]:
    """Orders that say they are paid ahead, and no captured payment says so. Store credit needs none."""
    captured = Payment.objects.filter(
        reference=OuterRef("own_reference"), status__in=[S.PAID, S.REFUNDED], captured_amount__gt=0
    )
    paid = Order.objects.filter(payment_status=P.PAID, total__gt=F("store_credit")).exclude(payment_method="cod")
    return paid.alias(own_reference=OWN_REFERENCE).filter(~Exists(captured))
