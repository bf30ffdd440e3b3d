"""Payments. Knows neither orders nor products: `reference` is opaque here (`order:42`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """One way of paying one reference. Amounts in minor units; what was captured or refunded only grows."""

    class Status(models.TextChoices):
        CREATED = "created", _("Waiting for payment")
        AUTHORIZED = "authorized", _("Authorized")  # the bank said yes, the money is not ours yet
        PAID = "paid", _("Paid")  # captured at the gateway, or collected by staff or courier
        FAILED = "failed", _("Failed")  # the reference stays payable
        REFUNDED = "refunded", _("Refunded")  # all of it
        VOID = "void", _("Not collected")  # COD refused, or the reference died unpaid

    reference = models.CharField(_("for"), max_length=80)
    provider = models.CharField(_("provider"), max_length=20)  # "razorpay", "cod"
    method = models.CharField(_("instrument"), max_length=20, blank=True)  # "upi", "card"
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    refunded_amount = models.BigIntegerField(_("refunded"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.CREATED)
    provider_order_id = models.CharField(_("gateway order"), max_length=60, blank=True)
    provider_payment_id = models.CharField(_("gateway payment"), max_length=60, null=True, blank=True)
    error = models.CharField(_("reason"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    paid_at = models.DateTimeField(_("paid"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(refunded_amount__gte=0) & Q(refunded_amount__lte=F("amount")),
                name="payment_refunds_within_amount",
            ),
            models.UniqueConstraint(fields=["provider", "provider_payment_id"], name="payment_gateway_payment_once"),
        ]
        indexes = [
            models.Index(fields=["reference"], name="payment_of_reference"),
            models.Index(fields=["provider", "provider_order_id"], name="payment_of_gateway_order"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.amount} {self.currency}"


class Refund(models.Model):
    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")  # ours is written, the gateway has not answered yet
        PENDING = "pending", _("On its way")
        PROCESSED = "processed", _("Done")
        FAILED = "failed", _("Failed")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.REQUESTED)
    idempotency_key = models.CharField(max_length=64, unique=True)
    provider_refund_id = models.CharField(_("gateway refund"), max_length=60, null=True, blank=True, unique=True)
    error = models.CharField(_("reason of failure"), max_length=255, blank=True)
    requested_by = models.CharField(_("by"), max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    processed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive")]

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment}"


class WebhookEvent(models.Model):
    """A gateway's message, stored as it came before it is answered, handled once."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=100)
    name = models.CharField(max_length=80, blank=True)
    body = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="webhook_event_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"
