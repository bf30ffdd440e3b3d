"""For tests that speak of days: what is `today` when a test begins may be yesterday when it asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock goes on from today's noon in the shop. Take it by `usefixtures`, so that it comes before what signs in."""
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0, second=0)):
        yield
