"""A payment as it is shown, read in one statement."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from checkout.payment.models import Payment
from shop.core.reading import Telling, read_one


class SeenPayment(NamedTuple):
    """A row, not a model: nothing of it can be saved."""

    pk: int
    reference: str
    provider: str
    method: str
    provider_payment_id: str | None
    status: str
    amount: int
    refunded_amount: int
    currency: str
    created_at: datetime


COLUMNS = ("id", *SeenPayment._fields[1:])
PAYMENTS = Telling(table="payment_payment", columns=", ".join(f"payment_payment.{name}" for name in COLUMNS))


def seen_payment(rows: QuerySet[Payment]) -> SeenPayment | None:
    """The only one of a queryset. One statement."""
    row = read_one(PAYMENTS, rows)
    return SeenPayment._make(row) if row else None
