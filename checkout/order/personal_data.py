"""What the shop knows of a person through orders: given out on request; the books keep what the law wants kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from checkout.order.models import Order, OrderEvent, Return
from checkout.payment.models import Refund
from shop.accounts.models import User
from shop.core.models import IdempotencyKey
from shop.core.money import Money
from shop.core.personal_data import name_when_closed, on_erase, personal_data

K = OrderEvent.Kind


@personal_data("orders")
def orders_of_person(user) -> list[dict[str, Any]]:
    orders = Order.objects.filter(user=user).order_by("placed_at").prefetch_related("lines", "returns")
    return [_as_data(order) for order in orders]


def _as_data(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "placed_at": order.placed_at,
        "email": order.email,
        "address": order.address,
        "billing_address": order.billing_address,
        "note": order.note,
        "gift_note": order.gift_note,
        "total": str(Money(order.total, order.currency)),
        "store_credit": str(Money(order.store_credit, order.currency)),
        "currency": order.currency,
        "returns": [
            {"number": str(coming), "status": coming.status, "reason": coming.reason, "answer": coming.answer}
            for coming in order.returns.all()
        ],
        "items": [{"sku": line.sku, "name": line.name, "quantity": line.quantity} for line in order.lines.all()],
    }


@on_erase
def forget_notes(user, at: datetime) -> None:
    """Names and addresses stay with the order for as long as tax law asks (CGST Act, section 36: 72 months); what the
    books do not need goes at once."""
    Order.objects.filter(user=user).update(note="", gift_note="")
    Return.objects.filter(order__user=user).update(reason="")
    OrderEvent.objects.filter(order__user=user, kind=OrderEvent.Kind.RETURN_REQUESTED).update(note="")


@on_erase
def forget_answers_to_the_guest(user, at: datetime) -> None:
    """Who was a guest when they ordered: the answers that their program may ask for again hold the same."""
    as_guest = Order.objects.filter(user=user, caller__startswith="cart:").values("caller")
    IdempotencyKey.objects.filter(caller__in=as_guest).delete()


BY_BUYERS = (K.PLACED, K.CANCELLED, K.ADDRESS_CHANGED, K.METHOD_CHANGED, K.CONFIRMED, K.RETURN_REQUESTED)
NOBODY = ("", "guest", "shop")


@on_erase
def forget_who_acted(user, at: datetime) -> None:
    """The books tell that somebody did it, not their name: as a buyer, or once as staff with any order, so whole tables
    are read. On their own orders also under a name that they had before."""
    called = name_when_closed(user)
    OrderEvent.objects.filter(by=user.username).update(by=called)
    for model in (Return, Refund):
        model.objects.filter(requested_by=user.username).update(requested_by=called)
    known = User.objects.filter(username=OuterRef("by"))
    acted = OrderEvent.objects.filter(~Exists(known), order__user=user, kind__in=BY_BUYERS)
    acted.exclude(by__in=NOBODY).update(by=called)
