"""The kernel's own periodic jobs."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from shop.core.idempotency import purge_old_keys
from shop.core.outbox.forget_told import MOST_AT_ONCE, forget_told
from shop.core.tasks.clock import every

ROUNDS = 20  # 100,000 events an hour


@every(seconds=3600)
def forget_old_idempotency_keys() -> None:
    purge_old_keys()


@every(seconds=3600)
def forget_old_events() -> None:
    before = timezone.now() - timedelta(days=settings.OUTBOX_KEPT_DAYS)
    for _ in range(ROUNDS):
        if forget_told(before=before) < MOST_AT_ONCE:
            return
