"""The words of a payment's and a refund's status. Which step follows which: rules.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaymentStatus(TextChoices):
    CREATED = "created", _("Waiting for payment")
    AUTHORIZED = "authorized", _("Authorized")  # the bank said yes, the money is not ours yet
    PAID = "paid", _("Paid")  # captured at the gateway, or collected by staff or courier
    FAILED = "failed", _("Failed")  # the reference stays payable
    REFUNDED = "refunded", _("Refunded")  # all of it
    VOID = "void", _("Not collected")  # COD refused, another attempt succeeded, or the reference died unpaid


class RefundStatus(TextChoices):
    REQUESTED = "requested", _("Requested")  # ours is written, the gateway has not answered yet
    PENDING = "pending", _("On its way")
    PROCESSED = "processed", _("Done")
    FAILED = "failed", _("Failed")  # its amount can be refunded again
