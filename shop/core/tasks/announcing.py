"""Who is told that a task waits: the thread of this process, or what the project puts in its place (Celery).

Losing this message costs seconds, never the task: the table is swept every few seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shop.core.tasks import runner

if TYPE_CHECKING:
    from shop.core.tasks.models import QueuedTask


def _wake_this_process(row: QueuedTask) -> None:
    runner.wake()


_announce: Callable[[QueuedTask], object] = _wake_this_process


def announce_through(function: Callable[[QueuedTask], object] | None) -> None:
    """Let `function` tell the workers from now on; None gives the work back to the thread of this process."""
    global _announce
    _announce = function or _wake_this_process


def announce(row: QueuedTask) -> None:
    _announce(row)
