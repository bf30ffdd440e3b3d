from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from checkout.order.events import OutForDelivery
from checkout.order.locks import lock_parcel
from checkout.order.models import Fulfillment, TrackingEvent
from checkout.order.rules import PARCEL_TRANSITIONS, is_cash, move_parcel
from checkout.order.services.arrivals import arrive, refuse
from shop.core.outbox import publish

logger = logging.getLogger(__name__)
P = Fulfillment.Status


@dataclass(frozen=True)
class News:
    """What a courier tells of a parcel. `status` is a word of ours, or empty; `collected` None when not told."""

    courier: str
    event_id: str
    parcel_key: str
    status: str
    text: str
    place: str
    collected: bool | None
    at: datetime


def follow_parcel(*, news: News, at: datetime) -> Fulfillment | None:
    """Keep what a courier told, once; the parcel moves on, never back. None for a parcel that is not ours.

    Cash on delivery counts as delivered only when the courier says that it was collected; not collected is refused.
    Locks: the order, its payments, then stock items in primary-key order.
    """
    known = _find(news)
    if known is None:
        logger.warning("%s tells of a parcel that is not ours: %s", news.courier, news.event_id)
        return None
    with transaction.atomic():
        parcel = lock_parcel(known.pk)
        facts = {"status": news.status, "text": news.text, "place": news.place, "collected": news.collected,
                 "at": min(news.at, at)}  # fmt: skip
        _event, is_new = TrackingEvent.objects.get_or_create(fulfillment=parcel, event_id=news.event_id, defaults=facts)
        to = _meant(parcel, news)
        if is_new and to in PARCEL_TRANSITIONS[parcel.status]:
            _step(parcel, to, at=min(news.at, at), by=news.courier)
    return parcel


def _find(news: News) -> Fulfillment | None:
    try:
        key = uuid.UUID(news.parcel_key)
    except ValueError:
        return None
    return Fulfillment.objects.filter(courier=news.courier, key=key).first()


def _meant(parcel: Fulfillment, news: News) -> str:
    if news.status != P.DELIVERED or not is_cash(parcel.order):
        return news.status
    return {True: P.DELIVERED, False: P.REFUSED, None: ""}[news.collected]


def _step(parcel: Fulfillment, to: str, *, at: datetime, by: str) -> None:
    order = parcel.order
    if to == P.DELIVERED:
        arrive(order, [parcel], at=at, by=by)
    elif to == P.REFUSED:
        refuse(order, [parcel], at=at, by=by)
    else:
        move_parcel(parcel, to)
        parcel.save(update_fields=["status"])
        if to == P.OUT_FOR_DELIVERY:
            publish(OutForDelivery(order.pk, parcel.pk), aggregate=order.reference, at=at)
