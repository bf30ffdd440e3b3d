from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from checkout.shipping import couriers
from checkout.shipping.events import CourierReported
from checkout.shipping.models import CourierMessage
from shop.core.outbox import publish


def receive_report(*, courier: str, body: bytes, headers: Mapping[str, str]) -> CourierMessage:
    """Verify the raw bytes of a courier's message, store it, and tell those whom it concerns, once.

    The same event again is the same row. Raises BadCourierSignature, BadCourierMessage (nothing is stored),
    CourierNotOffered.
    """
    report = couriers.courier(courier).read_report(body, headers)
    with transaction.atomic():
        message, is_new = CourierMessage.objects.get_or_create(
            courier=courier, event_id=report.event_id, defaults={"body": body.decode().replace("\\u0000", "")}
        )
        if is_new:
            told = CourierReported(
                courier, report.event_id, report.parcel_key, report.status, report.text, report.place,
                report.collected, report.at.isoformat(),
            )  # fmt: skip
            publish(told, aggregate=f"parcel:{report.parcel_key}")
    return message
