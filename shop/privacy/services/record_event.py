from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shop.privacy.models import AnalyticsEvent
from shop.privacy.selectors import visitor_agreed


def record_event(*, visitor: str, name: str, facts: Mapping[str, Any], at: datetime) -> bool:
    """Count something that a visitor did, if they agreed. Returns whether it was counted. `facts` are clean already."""
    if not visitor_agreed(visitor):
        return False
    AnalyticsEvent.objects.create(visitor=visitor, name=name, facts=dict(facts), at=at)
    return True
