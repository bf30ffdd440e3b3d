"""Orders that wait for somebody: conditions that lists, figures and the dashboard share."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Substr

from checkout.order.models import Fulfillment, Order, OrderEvent, Return
from checkout.order.rules import EXCHANGE, UNCONFIRMED
from checkout.payment.models import Payment, Refund
from checkout.payment.selectors import failed_refunds, open_disputes

AUTHORIZED_TOO_LONG = timedelta(hours=1)
DELIVERED_TOO_LATE = timedelta(days=10)
# `rules.is_shippable` says the same of one order.
_HERE = [Order.FulfillmentStatus.UNFULFILLED, Order.FulfillmentStatus.PARTIAL]
SHIPPABLE = Q(status=Order.Status.PLACED, fulfillment_status__in=_HERE, review_reason="") & (
    Q(payment_status=Order.PaymentStatus.PAID) | Q(payment_status=Order.PaymentStatus.PENDING, payment_method="cod")
)


def to_pack(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Paid, or to be paid at the door, and not all of it shipped."""
    return orders.filter(SHIPPABLE)


def held_for_review(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Somebody is to look at them before they ship. An exchange waits for its return instead,
    cash for its buyer's code."""
    held = orders.filter(status=Order.Status.PLACED).exclude(review_reason__in=["", UNCONFIRMED])
    return held.exclude(payment_method=EXCHANGE)


def with_payment_to_look_at(orders: QuerySet[Order], *, at: datetime) -> QuerySet[Order]:
    """Money that is stuck: a refund that failed or was never asked for, an authorization that is not captured, an open
    dispute."""
    payments = Payment.objects.filter(reference=OuterRef("own_reference"))
    under_way = Refund.objects.filter(payment__reference=OuterRef("own_reference")).exclude(status=Refund.Status.FAILED)
    stuck = Q(payment_status=Order.PaymentStatus.REFUND_DUE) & ~Exists(under_way)
    authorized = payments.filter(status=Payment.Status.AUTHORIZED, created_at__lt=at - AUTHORIZED_TOO_LONG)
    own_reference = Concat(Value("order:"), Cast("pk", models.CharField()))
    named = Q(pk__in=_order_ids(failed_refunds())) | Q(pk__in=_order_ids(open_disputes()))
    waiting = stuck | Exists(authorized) | named
    return orders.alias(own_reference=own_reference).filter(waiting)


def _order_ids(rows: QuerySet) -> QuerySet:
    """Of few rows with a payment: asked once, not for every order."""
    of_orders = rows.filter(payment__reference__startswith="order:")
    return of_orders.values_list(Cast(Substr("payment__reference", len("order:") + 1), models.BigIntegerField()))


def late_on_the_road(orders: QuerySet[Order], *, at: datetime) -> QuerySet[Order]:
    """Shipped, and not heard of since; each with `shipped_at`."""
    shipped = OrderEvent.objects.filter(order=OuterRef("pk"), kind=OrderEvent.Kind.SHIPPED).order_by("at")
    on_the_road = orders.filter(fulfillment_status=Order.FulfillmentStatus.SHIPPED)
    with_time = on_the_road.annotate(shipped_at=Subquery(shipped.values("at")[:1]))
    return with_time.filter(shipped_at__lt=at - DELIVERED_TOO_LATE)


def returns_that_wait() -> QuerySet[Return]:
    """To be decided, or here and not paid back. What is approved waits for the buyer."""
    unpaid = Q(status=Return.Status.RECEIVED, amount__gt=0) & (Q(refund=None) | Q(refund__status=Refund.Status.FAILED))
    return Return.objects.filter(Q(status=Return.Status.REQUESTED) | unpaid).select_related("order")


def not_booked() -> QuerySet[Fulfillment]:
    """Parcels that their courier did not take."""
    return (
        Fulfillment.objects.exclude(booking_error="").filter(status=Fulfillment.Status.SHIPPED).select_related("order")
    )
