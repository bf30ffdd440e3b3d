from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from checkout.credit.errors import NoCreditAccount
from checkout.credit.services.grant_credit import grant_credit
from checkout.credit.statuses import CreditKind
from checkout.order.locks import lock_order
from checkout.order.models import Order
from checkout.order.rules import may_have_credit
from checkout.payment.models import Payment, Refund
from checkout.payment.services.request_refund import request_refund
from shop.core.errors import NotThere
from shop.core.money import Money


def refund_as_credit(
    *, payment_id: int, amount: int | None, reason: str, by: str, at: datetime, idempotency_key: str | None = None,
    force: bool = False,
) -> Refund:  # fmt: skip
    """Give back a payment of an order, or a part of it in minor units, as store credit of its buyer. The captured amount
    counts as given back, and no gateway is told. The same key for the same payment: the same refund, and no effect.

    Raises NoCreditAccount (a guest's order), NotRefundable, DisputeOpen, NotThere.
    Locks: the order, the payment, the credit account.
    """
    reference = Payment.objects.filter(pk=payment_id).values_list("reference", flat=True).first() or ""
    kind, _colon, order_id = reference.partition(":")
    if kind != "order":
        raise NotThere
    with transaction.atomic():
        order = lock_order(int(order_id))
        return give_as_credit(
            order, payment_id=payment_id, amount=amount, reason=reason, by=by, at=at, idempotency_key=idempotency_key,
            force=force,
        )  # fmt: skip


def give_as_credit(
    order: Order, *, payment_id: int, amount: int | None, reason: str, by: str, at: datetime,
    idempotency_key: str | None = None, force: bool = False,
) -> Refund:  # fmt: skip
    """The same, of a locked order."""
    if not may_have_credit(order):
        raise NoCreditAccount
    refund = request_refund(
        payment_id=payment_id, amount=amount, reason=reason, by=by, at=at, idempotency_key=idempotency_key, force=force,
        to=Refund.To.STORE_CREDIT,
    )  # fmt: skip
    grant_credit(
        user_id=order.user_id, amount=Money(refund.amount, order.currency), kind=CreditKind.GRANTED_REFUND,
        reference=f"refund:{refund.pk}", about=order.reference, by=by, note=_why(order), at=at,
    )  # fmt: skip
    return refund


def _why(order: Order) -> str:
    """The buyer reads it."""
    with override(order.locale):
        return _("The refund of order %(number)s.") % {"number": order.number}
