from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.order.errors import WrongState
from checkout.order.locks import lock_parcel
from checkout.order.models import Fulfillment
from checkout.order.rules import PARCEL_TRANSITIONS
from checkout.order.services.arrivals import arrive, refuse


def deliver_parcel(*, fulfillment_id: int, at: datetime, by: str = "", refused: bool = False) -> Fulfillment:
    """One parcel arrived, or was refused at the door. Again: no effect. Raises WrongState, NotThere.

    Cash on delivery is one sum: it is booked when the last parcel of the order arrived.
    Locks: the order, its payments, then stock items in primary-key order.
    """
    done = Fulfillment.Status.REFUSED if refused else Fulfillment.Status.DELIVERED
    with transaction.atomic():
        parcel = lock_parcel(fulfillment_id)
        if parcel.status != done:
            if done not in PARCEL_TRANSITIONS[parcel.status]:
                raise WrongState(allowed=sorted(PARCEL_TRANSITIONS[parcel.status]))
            (refuse if refused else arrive)(parcel.order, [parcel], at=at, by=by)
    return parcel
