from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from checkout.shipping.models import CourierMessage
from shop.core.tasks.clock import every

MESSAGES_KEPT = timedelta(days=30)


@every(seconds=3600)
def forget_old_messages() -> None:
    """They have done their work: what they told stands with the parcel."""
    CourierMessage.objects.filter(received_at__lt=timezone.now() - MESSAGES_KEPT).delete()
