"""The words of an order's three statuses. Which step follows which: rules.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    PLACED = "placed", _("Placed")  # stands; may still wait for money
    COMPLETED = "completed", _("Completed")  # delivered and paid, nothing more to do
    CANCELLED = "cancelled", _("Cancelled")  # by a person or by the clock; final


class PaymentStatus(TextChoices):
    PENDING = "pending", _("Waiting for payment")
    PAID = "paid", _("Paid")  # captured at the gateway, or collected at the door
    REFUND_DUE = "refund_due", _("Refund on its way")  # captured, goes back in full
    REFUNDED = "refunded", _("Refunded")
    VOID = "void", _("Nothing to pay")  # died unpaid, or refused at the door


class FulfillmentStatus(TextChoices):
    UNFULFILLED = "unfulfilled", _("Not shipped")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    REFUSED = "refused", _("Refused at the door")
    RETURNED = "returned", _("Returned")
