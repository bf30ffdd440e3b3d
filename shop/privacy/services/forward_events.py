from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import F

from shop.privacy.forwarding import Service, service
from shop.privacy.models import AnalyticsEvent

logger = logging.getLogger(__name__)
AT_ONCE, BATCH, MOST_ATTEMPTS = 25, 500, 8
TOO_OLD = timedelta(hours=72)  # the Measurement Protocol takes no older ones


def forward_events(*, at: datetime) -> int:
    """Hand what was counted to the outside service, if one is set up; returns how many it took.

    What it does not take is tried again at the next call, at most eight times and three days. No transaction is open.
    """
    outside = service()
    if outside is None:
        return 0
    waiting = AnalyticsEvent.objects.filter(forwarded_at=None, forward_attempts__lt=MOST_ATTEMPTS, at__gt=at - TOO_OLD)
    events = sorted(waiting.order_by("pk")[:BATCH], key=lambda event: (event.visitor, event.pk))
    by_visitor = (list(those) for _visitor, those in groupby(events, key=lambda event: event.visitor))
    return sum(
        _forward(outside, those[n : n + AT_ONCE], at) for those in by_visitor for n in range(0, len(those), AT_ONCE)
    )


def _forward(outside: Service, events: list[AnalyticsEvent], at: datetime) -> int:
    rows = AnalyticsEvent.objects.filter(pk__in=[event.pk for event in events])
    try:
        outside.send(events)
    except OSError as error:  # requests' errors are such
        logger.warning("analytics: %s of %s events not taken: %s", len(events), len(events), type(error).__name__)
        rows.update(forward_attempts=F("forward_attempts") + 1)
        return 0
    return rows.update(forwarded_at=at)
