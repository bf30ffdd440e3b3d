from __future__ import annotations

from datetime import datetime

from checkout.payment.selectors import open_differences


def close_difference(*, difference_id: int, at: datetime) -> bool:
    """Somebody has found out why a settlement differed. False when it was closed before. Locks: by the UPDATE."""
    return open_differences().filter(pk=difference_id).update(dealt_with_at=at) > 0
