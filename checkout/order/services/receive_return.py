from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from catalog.inventory.services.take_back import Back, take_back
from checkout.order.errors import WrongState
from checkout.order.events import ExchangeReleased, ReturnReceived
from checkout.order.locks import lock_order, lock_return
from checkout.order.models import Fulfillment, FulfillmentLine, Order, OrderEvent, Return, ReturnLine
from checkout.order.rules import RETURN_TRANSITIONS, move, move_return
from checkout.order.services.hold_for_review import let_go
from checkout.order.services.timeline import note
from shop.core.errors import Invalid
from shop.core.outbox import publish

S = Return.Status


def receive_return(
    *, return_id: int, at: datetime, by: str = "", written_off: Collection[int] = ()
) -> Return:  # fmt: skip
    """The pieces lie here again: back on the shelf, but for the order lines in `written_off`. An order of which all
    that arrived came back is returned. Again: no effect. Raises Invalid (`written_off`), WrongState, NotThere.

    Locks: the order, the one that is sent in exchange, then stock items in primary-key order.
    """
    with transaction.atomic():
        coming = lock_return(return_id)
        if coming.status in (S.RECEIVED, S.REFUNDED):
            return coming
        if S.RECEIVED not in RETURN_TRANSITIONS[coming.status]:
            raise WrongState(allowed=sorted(RETURN_TRANSITIONS[coming.status]))
        lines = _write(coming, written_off, at)
        order = coming.order
        if _is_all(order):
            move(order, fulfillment_status=Order.FulfillmentStatus.RETURNED)
            order.save(update_fields=["fulfillment_status"])
        _let_replacement_go(coming, at=at, by=by)
        note(order, OrderEvent.Kind.RETURNED, at=at, by=by, text=str(coming))
        publish(ReturnReceived(order.pk, coming.pk), aggregate=order.reference, at=at)
        back = [Back(line.order_line.variant_id, line.quantity, line.fate == line.Fate.RESTOCK) for line in lines]
        take_back(lines=back, reference=order.reference, at=at, reason=f"Return {coming}", actor=by)
    return coming


def _let_replacement_go(coming: Return, *, at: datetime, by: str) -> None:
    if coming.replacement_id is None:
        return
    replacement = lock_order(coming.replacement_id)
    if replacement.status != Order.Status.CANCELLED:
        if replacement.review_reason:
            let_go(replacement, at=at, by=by)
        event = ExchangeReleased(coming.order_id, coming.pk, replacement.pk)
        publish(event, aggregate=coming.order.reference, at=at)


def _write(coming: Return, written_off: Collection[int], at: datetime) -> list[ReturnLine]:
    lines = list(coming.lines.select_related("order_line").order_by("pk"))
    if strange := set(written_off) - {line.order_line_id for line in lines}:
        ids = ", ".join(map(str, sorted(strange)))
        raise Invalid(errors={"written_off": [_("Not of this return: %(ids)s.") % {"ids": ids}]})
    for line in lines:
        line.fate = line.Fate.WRITE_OFF if line.order_line_id in written_off else line.Fate.RESTOCK
    ReturnLine.objects.bulk_update(lines, ["fate"])
    move_return(coming, S.RECEIVED)
    coming.received_at = at
    coming.save(update_fields=["status", "received_at"])
    return lines


def _is_all(order: Order) -> bool:
    if order.fulfillment_status != Order.FulfillmentStatus.DELIVERED:
        return False
    here = ReturnLine.objects.filter(return_of__order=order, return_of__status__in=[S.RECEIVED, S.REFUNDED])
    arrived = FulfillmentLine.objects.filter(
        fulfillment__order=order, fulfillment__status=Fulfillment.Status.DELIVERED
    )  # fmt: skip
    return here.aggregate(n=Sum("quantity"))["n"] == arrived.aggregate(n=Sum("quantity"))["n"]
