"""The words of an order's three statuses, of its parcels and returns. Which step follows which: rules.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from checkout.payment.statuses import RefundTo as RefundTo


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
    PARTIAL = "partial", _("Partly shipped")  # some pieces have left
    SHIPPED = "shipped", _("Shipped")  # all of them
    DELIVERED = "delivered", _("Delivered")
    REFUSED = "refused", _("Refused at the door")
    RETURNED = "returned", _("Returned")


class ParcelStatus(TextChoices):
    SHIPPED = "shipped", _("Handed over")  # off our shelf
    IN_TRANSIT = "in_transit", _("On the road")
    OUT_FOR_DELIVERY = "out_for_delivery", _("With the rider")
    DELIVERED = "delivered", _("Delivered")
    REFUSED = "refused", _("Refused at the door")  # its pieces are back on the shelf


class ReturnStatus(TextChoices):
    REQUESTED = "requested", _("Asked for")
    APPROVED = "approved", _("Approved")  # we wait for the pieces
    REJECTED = "rejected", _("Not accepted")
    RECEIVED = "received", _("Came back")  # each line on the shelf again, or written off
    REFUNDED = "refunded", _("Refunded")  # the money has reached the buyer
