from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from checkout.order.errors import WrongState
from checkout.order.events import ReturnApproved, ReturnRejected
from checkout.order.locks import lock_return
from checkout.order.models import OrderEvent, OrderLine, Return
from checkout.order.rules import RETURN_TRANSITIONS, move_return
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.prepare_exchange import prepare_exchange
from checkout.order.services.timeline import note
from checkout.order.services.undo_exchange import give_money
from shop.core.errors import Invalid
from shop.core.outbox import publish

S = Return.Status


def decide_return(
    *, return_id: int, approve: bool, at: datetime, by: str = "", answer: str = "", exchange: bool = True
) -> Return:  # fmt: skip
    """Staff agree to a return, or do not, with a reason; also for one that was approved and never came back.
    What is wanted in exchange is held from the approval on; `exchange=False` gives money instead. Again: no effect.

    Raises Invalid (`reason`), WrongState, Shortage (of what is wanted in exchange), NotThere.
    Locks: the order, the one that is sent in exchange, then stock items in primary-key order.
    """
    if not approve and not answer.strip():
        raise Invalid(errors={"reason": [_("Say why: the buyer reads it.")]})
    to = S.APPROVED if approve else S.REJECTED
    with transaction.atomic():
        coming = lock_return(return_id)
        if coming.status == to:
            return coming
        if to not in RETURN_TRANSITIONS[coming.status]:
            raise WrongState(allowed=sorted(RETURN_TRANSITIONS[coming.status]))
        move_return(coming, to)
        coming.decided_at, coming.answer = at, answer.strip()[:500]
        coming.save(update_fields=["status", "decided_at", "answer"])
        if not approve:
            _free_units(coming)
        elif not exchange:
            give_money(coming)
        _tell(coming, approve=approve, at=at, by=by)
        if approve:
            prepare_exchange(coming, at=at, by=by)
        elif coming.replacement_id:
            cancel_order(order_id=coming.replacement_id, at=at, by=by, reason=answer, by_person=False)
    return coming


def _free_units(coming: Return) -> None:
    """They are the buyer's again, and can be asked for anew."""
    for line, quantity in coming.lines.values_list("order_line", "quantity"):
        OrderLine.objects.filter(pk=line).update(returned=F("returned") - quantity)


def _tell(coming: Return, *, approve: bool, at: datetime, by: str) -> None:
    order = coming.order
    kind = OrderEvent.Kind.RETURN_APPROVED if approve else OrderEvent.Kind.RETURN_REJECTED
    note(order, kind, at=at, by=by, text=coming.answer)
    event = (ReturnApproved if approve else ReturnRejected)(order.pk, coming.pk)
    publish(event, aggregate=order.reference, at=at)
