from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from checkout.order.errors import WrongState
from checkout.order.events import AddressChanged
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import may_change_address, next_statuses
from checkout.order.services.timeline import note
from shop.accounts.rules import clean_address
from shop.core.errors import Invalid
from shop.core.outbox import publish


def change_address(*, order_id: int, address: Mapping[str, str], at: datetime, by: str = "") -> Order:
    """Send an order elsewhere, until its first parcel leaves. The same address again: no effect. A billing address
    that was the same one goes with it.

    Raises Invalid by field (the rules of every address; another country would cost another delivery), WrongState,
    NotThere. Locks: the order.
    """
    new = clean_address(address)
    with transaction.atomic():
        order = lock_order(order_id)
        if not may_change_address(order):
            raise WrongState(allowed=next_statuses(order))
        if new["country"] != order.address.get("country", "IN"):
            raise Invalid(errors={"country": [_("An order stays in the country for which it was placed.")]})
        if new != order.address:
            _write(order, new, at=at, by=by)
    return order


def _write(order: Order, new: dict[str, str], *, at: datetime, by: str) -> None:
    if order.billing_address == order.address:
        order.billing_address = new
    order.address = new
    order.save(update_fields=["address", "billing_address"])
    note(order, OrderEvent.Kind.ADDRESS_CHANGED, at=at, by=by, text=f"{new['city']} {new['pincode']}".strip())
    publish(AddressChanged(order.pk), aggregate=order.reference, at=at)
