"""The words of a payment's, a refund's and a dispute's status, and of the ledger. Which step follows which: rules.py."""

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


class RefundTo(TextChoices):
    SOURCE = "source", _("The way it was paid")
    STORE_CREDIT = "store_credit", _("As store credit")  # it stays with us; no gateway is told


class DisputeStatus(TextChoices):
    OPEN = "open", _("Open")
    UNDER_REVIEW = "under_review", _("With the bank")  # we have answered
    WON = "won", _("Won")
    LOST = "lost", _("Lost")  # the money is gone without a refund
    CLOSED = "closed", _("Closed")


class LedgerKind(TextChoices):
    """What an entry says. The sign is ours: plus is money for us, minus is money that leaves."""

    AUTHORIZED = "authorized", _("Authorized")  # the bank's yes: in no balance
    CAPTURED = "captured", _("Captured")
    FEE = "fee", _("Fee of the gateway")  # its tax included
    REFUNDED = "refunded", _("Refunded")  # from the moment in which it is set aside to go back
    REFUND_FAILED = "refund_failed", _("Refund failed")  # takes a `refunded` back
    CREDITED = "credited", _("Given as store credit")  # the buyer's again, though the money has not moved
    DISPUTED = "disputed", _("Taken for a dispute")
    DISPUTE_WON = "dispute_won", _("Given back after a dispute")
    SETTLED = "settled", _("Settled to the bank")
