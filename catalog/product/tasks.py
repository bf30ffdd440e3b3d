"""What runs by the clock in this room."""

from __future__ import annotations

from django.utils import timezone

from catalog.product.services.publish_due import publish_due
from shop.core.tasks.clock import every


@every(seconds=10)
def publish_scheduled() -> None:
    """In place of Wagtail's `publish_scheduled`, which stops at the first failure and takes no lock."""
    publish_due(at=timezone.now())
