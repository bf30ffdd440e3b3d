"""The words of the store credit ledger."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CreditKind(TextChoices):
    """What an entry says. Plus is credit that a person gets, minus is credit that goes."""

    GRANTED_REFUND = "granted_refund", _("Refund as store credit")
    GRANTED_BY_STAFF = "granted_by_staff", _("Given by the shop")
    RETURNED = "returned", _("Given back from an order")  # it was spent there
    SPENT = "spent", _("Used for an order")
    WITHDRAWN_BY_STAFF = "withdrawn_by_staff", _("Taken back by the shop")
    EXPIRED = "expired", _("Lapsed")  # the account was closed


COMES = (CreditKind.GRANTED_REFUND, CreditKind.GRANTED_BY_STAFF, CreditKind.RETURNED)
GOES = (CreditKind.SPENT, CreditKind.WITHDRAWN_BY_STAFF, CreditKind.EXPIRED)
