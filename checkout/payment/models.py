"""Payments. Knows neither orders nor products: `reference` is opaque here (`order:42`).

A row is one attempt to pay. The first row of a gateway order is its intent: it waits, and the payment that succeeds
takes it. Attempts that failed, and a second success, are rows of their own with the same gateway order.
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from checkout.payment.statuses import DisputeStatus, LedgerKind, PaymentStatus, RefundStatus, RefundTo


def make_receipt() -> str:
    """What the gateway finds our attempt by. Random, so that a restored or second database never meets old orders."""
    return f"pay-{secrets.token_hex(12)}"


class Payment(models.Model):
    """One way of paying one reference. Amounts in minor units (paise)."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    Status = PaymentStatus

    reference = models.CharField(_("for"), max_length=80)
    provider = models.CharField(_("provider"), max_length=20)  # "razorpay", "cod"
    method = models.CharField(_("instrument"), max_length=20, blank=True)  # "upi", "card"
    amount = models.BigIntegerField(_("amount"))  # what was asked for
    currency = models.CharField(_("currency"), max_length=3)
    captured_amount = models.BigIntegerField(_("captured"), default=0)  # differs by a fee or an offer of the gateway
    refunded_amount = models.BigIntegerField(_("refunded"), default=0)  # gone back or on its way
    credited_amount = models.BigIntegerField(_("given as store credit"), default=0)  # a part of `refunded_amount`
    disputed_amount = models.BigIntegerField(_("lost in disputes"), default=0)  # taken by the gateway, no refund
    surcharge = models.BigIntegerField(_("surcharge"), default=0)  # part of `amount`, for this way of paying alone
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.CREATED)
    receipt = models.CharField(max_length=40, unique=True, default=make_receipt, editable=False)
    provider_order_id = models.CharField(_("gateway order"), max_length=255, blank=True)
    provider_payment_id = models.CharField(_("gateway payment"), max_length=60, null=True, blank=True)
    error = models.CharField(_("reason"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    paid_at = models.DateTimeField(_("paid"), null=True)
    check_at = models.DateTimeField(null=True)  # when to ask the gateway what became of it; NULL: no need

    class Meta:
        permissions = [("refund_payment", "Can refund a payment")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(refunded_amount__gte=0) & Q(refunded_amount__lte=F("amount")),
                name="payment_refunds_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(captured_amount__gte=0) & Q(refunded_amount__lte=F("captured_amount")),
                name="payment_refunds_within_captured",
            ),
            models.CheckConstraint(
                condition=Q(surcharge__gte=0, surcharge__lte=F("amount"), disputed_amount__gte=0),
                name="payment_parts_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(credited_amount__gte=0, credited_amount__lte=F("refunded_amount")),
                name="payment_credited_within_refunded",
            ),
            models.UniqueConstraint(fields=["provider", "provider_payment_id"], name="payment_gateway_payment_once"),
            models.UniqueConstraint(
                fields=["reference", "provider"], condition=Q(status="created"), name="payment_one_waits"
            ),
        ]
        indexes = [
            models.Index(fields=["reference"], name="payment_of_reference"),
            models.Index(fields=["provider", "provider_order_id"], name="payment_of_gateway_order"),
            models.Index(fields=["check_at"], condition=Q(check_at__isnull=False), name="payment_to_check"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.amount} {self.currency}"

    @property
    def refundable(self) -> int:
        """What can still go back, in minor units: never more than was asked for, nor than is left of what came."""
        left = min(self.amount, self.captured_amount) - self.refunded_amount - self.disputed_amount
        return max(left, 0)


class Refund(models.Model):
    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Status = RefundStatus
    To = RefundTo

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField(_("amount"))
    to = models.CharField(_("goes back"), max_length=12, choices=To.choices, default=To.SOURCE)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.REQUESTED)
    idempotency_key = models.CharField(max_length=64, unique=True)  # also its receipt at the gateway
    provider_refund_id = models.CharField(_("gateway refund"), max_length=60, null=True, blank=True, unique=True)
    error = models.CharField(_("reason of failure"), max_length=255, blank=True)
    requested_by = models.CharField(_("by"), max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    processed_at = models.DateTimeField(null=True)
    dealt_with_at = models.DateTimeField(null=True)  # failed, and tried again or made good another way
    check_at = models.DateTimeField(null=True)  # when to ask the gateway again; NULL: no need

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=Q(to="source") | Q(to="store_credit", status="processed", provider_refund_id=None),
                name="refund_as_credit_without_gateway",
            ),
        ]
        indexes = [
            models.Index(fields=["check_at"], condition=Q(check_at__isnull=False), name="refund_to_check"),
            models.Index(
                fields=["payment"], condition=Q(status="failed", dealt_with_at=None), name="refund_to_look_at"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment}"


class WebhookEvent(models.Model):
    """A gateway's message, stored as it came before it is answered, handled once. Holds personal data: purged."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=100)
    name = models.CharField(max_length=80, blank=True)
    body = models.TextField()
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="webhook_event_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"


class LedgerEntry(models.Model):
    """Money that moved. Written in the transaction of the step that it tells of; the database refuses to change it.

    `provider_reference` is the gateway's id of the fact, or our receipt there: with the kind it makes the fact one.
    """

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Kind = LedgerKind

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(_("what"), max_length=14, choices=Kind.choices)
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    at = models.DateTimeField(_("when"))
    provider_reference = models.CharField(_("at the gateway"), max_length=130)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "kind", "provider_reference"], name="ledger_fact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


class Dispute(models.Model):
    """A buyer asked the bank for the money back. Only what is lost moves money."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Status = DisputeStatus

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    provider_dispute_id = models.CharField(_("gateway dispute"), max_length=60, unique=True)
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    deducted = models.BigIntegerField(_("taken"), default=0)
    phase = models.CharField(_("phase"), max_length=20, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OPEN)
    reason = models.CharField(_("reason"), max_length=100, blank=True)
    respond_by = models.DateTimeField(_("answer by"), null=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, deducted__gte=0), name="dispute_amounts_sane"),
        ]

    def __str__(self) -> str:
        return self.provider_dispute_id


class SettlementDifference(models.Model):
    """A line of a settlement file that does not say what our books say."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    provider = models.CharField(_("provider"), max_length=20)
    settlement_id = models.CharField(_("settlement"), max_length=60)
    entity_id = models.CharField(_("entry"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20)
    problem = models.CharField(_("difference"), max_length=200)
    amount = models.BigIntegerField(_("amount"))  # credit − debit of the line
    currency = models.CharField(_("currency"), max_length=3)
    line = models.PositiveIntegerField(_("line"))
    found_at = models.DateTimeField(_("found"))
    dealt_with_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("settlement difference")
        verbose_name_plural = _("settlement differences")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "settlement_id", "entity_id", "problem"], name="settlement_difference_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id}: {self.problem}"
