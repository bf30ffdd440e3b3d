"""Child processes that are started again when they die (promise O2), and end with their parent."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

logger = logging.getLogger(__name__)
SECONDS_TO_END = 15
LONGEST_PAUSE = 8.0


class Handle(Protocol):
    """What `subprocess.Popen` and `multiprocessing.Process` are wrapped into."""

    @property
    def pid(self) -> int: ...

    def alive(self) -> bool: ...


@dataclass
class Child:
    """`start` begins the process. After a death it is begun again at once, then after longer and longer pauses."""

    name: str
    start: Callable[[], Handle]
    handle: Handle | None = None
    deaths: int = 0
    started_at: float = field(default=0.0)

    def ensure_alive(self) -> None:
        if self.handle is not None and self.handle.alive():
            return
        if self.handle is not None:
            self._note_death()
        if time.monotonic() >= self.started_at + self._pause():
            self.handle, self.started_at = self.start(), time.monotonic()

    def _note_death(self) -> None:
        logger.warning("the %s (process %s) died and is started again", self.name, self.handle and self.handle.pid)
        lived_long = time.monotonic() - self.started_at > 60
        self.deaths = 1 if lived_long else self.deaths + 1
        self.handle = None

    def _pause(self) -> float:
        return 0.0 if self.deaths < 2 else min(2.0 ** (self.deaths - 2), LONGEST_PAUSE)


def end(children: list[Child]) -> None:
    """Ask all to end, wait, then kill what is left."""
    running = [child.handle for child in children if child.handle is not None]
    _signal_all(running, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_END
    while time.monotonic() < deadline and any(handle.alive() for handle in running):
        time.sleep(0.05)
    _signal_all([handle for handle in running if handle.alive()], signal.SIGKILL)


def _signal_all(handles: list[Handle], number: int) -> None:
    for handle in handles:
        with contextlib.suppress(ProcessLookupError):
            os.kill(handle.pid, number)
