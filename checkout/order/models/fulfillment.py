"""Parcels of an order: what lies in each, who carries it, and what the carrier tells."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from checkout.order.models.order import Order, OrderLine
from checkout.order.statuses import ParcelStatus


class Fulfillment(models.Model):
    """A parcel, once it has left the shelf. Rows change only while the order is locked."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Status = ParcelStatus

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="fulfillments")
    number = models.PositiveIntegerField(_("parcel"))  # 1, 2, … within the order
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # how the courier names it back to us
    courier = models.CharField(_("courier"), max_length=20)  # code of an adapter: checkout/shipping/couriers
    courier_name = models.CharField(_("carried by"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    tracking_url = models.URLField(_("tracking page"), max_length=400, blank=True)
    booking_error = models.CharField(_("not booked"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.SHIPPED)
    shipped_at = models.DateTimeField(_("shipped"))
    delivered_at = models.DateTimeField(_("delivered"), null=True)

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="fulfillment_number_once"),
            models.CheckConstraint(
                condition=Q(status="delivered", delivered_at__isnull=False)
                | (~Q(status="delivered") & Q(delivered_at=None)),
                name="fulfillment_delivered_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["shipped_at"], condition=~Q(booking_error=""), name="fulfillment_not_booked"),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}-{self.number}"


class FulfillmentLine(models.Model):
    fulfillment = models.ForeignKey(Fulfillment, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="parcel_lines")
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fulfillment", "order_line"], name="fulfillment_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="fulfillment_line_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.order_line_id}"


class TrackingEvent(models.Model):
    """What a courier told of a parcel, each message once. Late ones are kept, but move nothing back."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    fulfillment = models.ForeignKey(Fulfillment, on_delete=models.PROTECT, related_name="tracking")
    event_id = models.CharField(max_length=100)
    status = models.CharField(_("status"), max_length=16, blank=True)  # empty: news that changes no status
    text = models.CharField(_("what happened"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    collected = models.BooleanField(null=True)  # cash taken at the door; NULL: not told
    at = models.DateTimeField(_("at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fulfillment", "event_id"], name="tracking_event_once")]

    def __str__(self) -> str:
        return self.status or self.text
