"""What a buyer sends back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from checkout.order.models.order import Order, OrderLine
from checkout.order.rules import number_of_return
from checkout.order.statuses import RefundTo, ReturnStatus


class Return(models.Model):
    """Some units of an order on their way back. Rows change only while the order is locked. Amounts in minor units."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Status = ReturnStatus
    RefundTo = RefundTo

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.REQUESTED)
    reason = models.CharField(_("reason"), max_length=500)
    answer = models.CharField(_("our answer"), max_length=500, blank=True)  # why it was rejected
    amount = models.BigIntegerField(_("worth"))  # of its lines, tax included, without delivery or what is exchanged
    shipping = models.BigIntegerField(_("delivery refunded"), default=0)
    refund = models.ForeignKey("payment.Refund", on_delete=models.PROTECT, null=True, related_name="+")
    refund_to = models.CharField(_("goes back"), max_length=12, choices=RefundTo.choices, default=RefundTo.SOURCE)
    credit = models.BigIntegerField(_("store credit given back"), default=0)  # of what the order was paid with
    # What is sent instead of money: an order of its own, made when the return is approved.
    replacement = models.OneToOneField(Order, on_delete=models.PROTECT, null=True, related_name="exchange_of")
    requested_by = models.CharField(_("by"), max_length=150, blank=True)
    requested_at = models.DateTimeField(_("asked for"), db_index=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    received_at = models.DateTimeField(_("came back"), null=True)
    refunded_at = models.DateTimeField(_("refunded"), null=True)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        permissions = [("handle_return", _("Can decide on and receive returns"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, shipping__gte=0, credit__gte=0), name="return_not_negative"
            ),
            models.UniqueConstraint(fields=["refund"], name="return_refunded_once"),
            models.CheckConstraint(
                condition=~Q(status="refunded") | Q(refund__isnull=False) | Q(credit__gt=0),
                name="return_refunded_by_a_refund",
            ),
        ]
        indexes = [models.Index(fields=["status", "-requested_at"], name="return_by_status")]

    def __str__(self) -> str:
        return number_of_return(self.pk)


class ReturnLine(models.Model):
    class Fate(models.TextChoices):
        RESTOCK = "restock", _("Back on the shelf")
        WRITE_OFF = "write_off", _("Written off")

    return_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="return_lines")
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = models.BigIntegerField(_("worth"))
    exchange_for = models.ForeignKey("product.Variant", on_delete=models.PROTECT, null=True, related_name="+")
    fate = models.CharField(_("what becomes of it"), max_length=10, choices=Fate.choices, blank=True)  # once received

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["return_of", "order_line"], name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_line_quantity_positive"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="return_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.order_line_id}"
