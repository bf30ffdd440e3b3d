from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from checkout.order.errors import CodeTooSoon, WrongState
from checkout.order.letters import write_about
from checkout.order.locks import lock_order
from checkout.order.models import CashCode, Order
from checkout.order.rules import next_statuses, waits_for_code

APART = timedelta(seconds=60)
MOST_SENT = 5


def send_code(*, order_id: int, at: datetime) -> None:
    """Six digits to the buyer, by every way in which orders are told; only the newest code counts.

    Raises WrongState (nothing to confirm), CodeTooSoon (within a minute, or after five). Locks: the order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if not waits_for_code(order):
            raise WrongState(allowed=next_statuses(order))
        kept = CashCode.objects.filter(order=order).first()
        if kept and (kept.sent >= MOST_SENT or at < kept.sent_at + APART):
            raise CodeTooSoon
        code, sent = f"{secrets.randbelow(10**6):06d}", kept.sent + 1 if kept else 1
        facts = {"digest": digest_of(order, code), "sent_at": at, "sent": sent, "tries": 0}
        CashCode.objects.update_or_create(order=order, defaults=facts)
        write_about(order.pk, "cash_code", part=f"code{sent}", facts={"code": code})


def digest_of(order: Order, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"cash {order.secret} {code}".encode(), hashlib.sha256).hexdigest()


@task(priority=60)
def send_code_later(order_id: int) -> None:
    """The first one. Again, or when it is confirmed already: no effect."""
    order = Order.objects.filter(pk=order_id).first()
    if order is not None and waits_for_code(order) and not CashCode.objects.filter(order=order).exists():
        send_code(order_id=order_id, at=timezone.now())
