"""What orders do when a courier tells something, and when the money of a return has arrived. Each is applied once."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from checkout.order.services.follow_parcel import News, follow_parcel
from checkout.order.services.note_return_refunded import note_return_refunded
from shop.core.outbox import Message, subscribe


@subscribe("courier.reported", prompt=True)
def follow_the_parcel(message: Message) -> None:
    facts = message.payload
    news = News(**facts | {"at": datetime.fromisoformat(facts["at"])})
    follow_parcel(news=news, at=timezone.now())


@subscribe("payment.refunded")
def end_the_return(message: Message) -> None:
    note_return_refunded(refund_id=message.payload["refund_id"], at=message.occurred_at)
