from __future__ import annotations

from django.db import models
from django.db.models import Q

from checkout.order.models.order import Order

MOST_TRIES = 5


class CashCode(models.Model):
    """The one-time code of a cash order, as its hash: the newest one counts. Changes only while the order is locked."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="cash_code")
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent = models.PositiveSmallIntegerField(default=1)  # how many codes, this one counted
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="cash_code_tries")]

    def __str__(self) -> str:
        return f"code of order {self.order_id}"
