from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from checkout.credit.errors import NoCreditAccount
from checkout.order.errors import NotExchangeable, NotReturnable, ReturnWindowOver, WrongState
from checkout.order.events import ReturnRequested
from checkout.order.exchangeable import choices_for
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent, OrderLine, Return, ReturnLine
from checkout.order.returnable import returnable
from checkout.order.rules import is_exchange, may_have_credit, next_statuses
from checkout.order.services.timeline import note
from checkout.order.worth import worth_of
from shop.core.errors import Invalid
from shop.core.outbox import publish


def request_return(
    *, order_id: int, items: Mapping[int, int], reason: str, at: datetime, by: str = "",
    exchanges: Mapping[int, int] | None = None, refund_to: str = Return.RefundTo.SOURCE,
) -> Return:  # fmt: skip
    """The buyer wants to send units back, by order line. Nothing moves until staff agree. `exchanges`: order line → the
    variant that is wanted instead of the money. `refund_to`: where the money is wanted; staff may decide otherwise.

    Raises NoCreditAccount (store credit, of a guest's order), Invalid (`items`, `reason`), WrongState (nothing arrived yet), ReturnWindowOver, NotReturnable, NotExchangeable,
    NotThere. Locks: the order.
    """
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why it comes back.")]})
    with transaction.atomic():
        order = lock_order(order_id)
        if refund_to == Return.RefundTo.STORE_CREDIT and not may_have_credit(order):
            raise NoCreditAccount
        units = _checked(order, items, at)
        swapped = _exchanged(order, units, exchanges or {}, at)
        worth = worth_of(order, units)
        money = sum(amount for line, amount in worth.items() if line not in swapped)
        coming = Return.objects.create(
            order=order, reason=reason.strip()[:500], amount=money, refund_to=refund_to, requested_by=by[:150],
            requested_at=at,
        )  # fmt: skip
        ReturnLine.objects.bulk_create(
            ReturnLine(return_of=coming, order_line_id=line, quantity=quantity, amount=worth[line],
                       exchange_for_id=swapped.get(line))
            for line, quantity in units.items()
        )  # fmt: skip
        for line, quantity in units.items():
            OrderLine.objects.filter(pk=line).update(returned=F("returned") + quantity)
        note(order, OrderEvent.Kind.RETURN_REQUESTED, at=at, by=by, text=coming.reason)
        publish(ReturnRequested(order.pk, coming.pk), aggregate=order.reference, at=at)
    return coming


def _exchanged(order: Order, units: Mapping[int, int], wanted: Mapping[int, int], at: datetime) -> dict[int, int]:
    """Courtesy, where it is about stock: nothing is held until staff agree. What came in exchange cost nothing on its
    own order, so it is exchanged again, and its money is for staff to settle."""
    if is_exchange(order) and set(units) - set(wanted):
        text = _("It came in exchange: choose what you would like instead, or write to us about the money.")
        raise Invalid(errors={"items": [text]})
    if not wanted:
        return {}
    choices = choices_for(order, order.lines.filter(pk__in=wanted), at)
    for line, variant_id in wanted.items():
        chosen = [choice for choice in choices.get(line, []) if choice.variant.pk == variant_id]
        if line not in units or not chosen:
            raise Invalid(errors={"items": [_("That cannot be had in exchange.")]})
        if chosen[0].available < units[line]:
            raise NotExchangeable(item_id=line, variant_id=variant_id, available=max(chosen[0].available, 0))
    return dict(wanted)


def _checked(order: Order, items: Mapping[int, int], at: datetime) -> dict[int, int]:
    possible = returnable(order, at)
    if strange := [line for line in items if line not in possible.units]:
        raise Invalid(errors={"items": [_("Not of this order: %(ids)s.") % {"ids": ", ".join(map(str, strange))}]})
    if not items or min(items.values()) < 1:
        raise Invalid(errors={"items": [_("Say which pieces, and how many of each.")]})
    if not possible.arrived:
        raise WrongState(allowed=next_statuses(order))
    if not possible.is_any and not order.lines.filter(returned__gt=0).exists():
        raise ReturnWindowOver(days=settings.RETURN_WINDOW_DAYS)
    short = [
        {"item_id": line, "requested": quantity, "returnable": possible.units[line]}
        for line, quantity in items.items()
        if quantity > possible.units[line]
    ]
    if short:
        raise NotReturnable(items=short)
    return dict(items)
