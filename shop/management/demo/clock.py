"""A shifted clock: the demo shop's past is lived through its use cases, at the hours at which it happened."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from unittest import mock

from django.utils import timezone


@contextlib.contextmanager
def shifted_to(moment: datetime) -> Iterator[datetime]:
    """Inside the block `timezone.now()` is `moment`. For a command that runs alone; a shop never does this."""
    with mock.patch.object(timezone, "now", lambda: moment):
        yield moment
