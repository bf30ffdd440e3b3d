"""An event that third parties are told of, without the outbox's other subscribers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from checkout.order.events import OrderPlaced
from shop.core.outbox import Event, Message, publish
from shop.core.outbox.models import OutboxEvent
from shop.webhooks.models import WebhookDelivery
from shop.webhooks.services.send_delivery import send_delivery
from shop.webhooks.subscribers import tell_third_parties

NOW = timezone.now()
PLACED = OrderPlaced(order_id=42, number="OS-1042", total=129900, currency="INR", payment_method="cod")


def happen(event: Event = PLACED) -> None:
    with transaction.atomic():
        publish(event, aggregate="order:42")
        tell_again()


def tell_again() -> None:
    row = OutboxEvent.objects.latest("pk")
    tell_third_parties(Message(row.pk, row.name, row.aggregate, row.payload, row.occurred_at))


def send(at: datetime = NOW) -> WebhookDelivery:
    send_delivery(delivery_id=WebhookDelivery.objects.get().pk, at=at)
    return WebhookDelivery.objects.get()
