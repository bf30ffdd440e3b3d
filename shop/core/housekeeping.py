"""The kernel's own periodic jobs."""

from __future__ import annotations

from shop.core.idempotency import purge_old_keys
from shop.core.tasks.clock import every


@every(seconds=3600)
def forget_old_idempotency_keys() -> None:
    purge_old_keys()
