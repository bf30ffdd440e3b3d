"""Store credit: what the shop owes a person, to be spent here. Knows no orders: `reference` and `about` are opaque.

The database keeps the books: entries are append-only, each one moves the balance of its account, nobody else may, and
no balance is ever negative (migration 0002).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from checkout.credit.statuses import COMES, GOES, CreditKind


class CreditAccount(models.Model):
    """One per person and currency. `balance`, in minor units, is the sum of its entries; its lock guards them."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credit_accounts")
    currency = models.CharField(_("currency"), max_length=3)
    balance = models.BigIntegerField(_("balance"), default=0, editable=False)

    class Meta:
        verbose_name = _("store credit")
        verbose_name_plural = _("store credit")
        permissions = [("grant_credit", "Can give and take store credit")]
        constraints = [
            models.UniqueConstraint(fields=["user", "currency"], name="credit_account_once"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="credit_balance_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.balance} {self.currency}"


class StoreCreditEntry(models.Model):
    """Credit that came (plus) or went (minus), in minor units. Each happening, by kind and reference, once."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Kind = CreditKind

    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("what"), max_length=18, choices=Kind.choices)
    amount = models.BigIntegerField(_("amount"))
    reference = models.CharField(max_length=80)  # what makes it one: `refund:91`, `order:42`
    about = models.CharField(_("for"), max_length=80, blank=True)  # what a reader is led to: `order:42`
    by = models.CharField(_("by"), max_length=150, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="credit_happening_once"),
            models.CheckConstraint(
                condition=Q(kind__in=COMES, amount__gt=0) | Q(kind__in=GOES, amount__lt=0), name="credit_sign_fits_kind"
            ),
        ]
        indexes = [models.Index(fields=["about"], condition=~Q(about=""), name="credit_entry_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
