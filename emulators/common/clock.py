"""Virtual time of one account: real time plus an offset, and what is to happen when."""

import heapq
import itertools
import time
from collections.abc import Callable


class Clock:
    """Not thread-safe: every caller holds the account's lock."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._frozen_at: float | None = None
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._sequence = itertools.count()

    def now(self) -> int:
        """Return unix seconds; inside a timer, the second for which it was set."""
        return int(self.exact())

    def exact(self) -> float:
        return time.time() + self._offset if self._frozen_at is None else self._frozen_at

    def call_at(self, due: float, action: Callable[[], None]) -> None:
        """Have `action` run at `due`. Actions look at the state again: there is no cancelling."""
        heapq.heappush(self._timers, (due, next(self._sequence), action))

    def next_due(self) -> float | None:
        return self._timers[0][0] if self._timers else None

    def move_to(self, moment: float) -> None:
        """Jump forward and run, in order of time, everything that came due on the way."""
        self._offset += max(0.0, moment - self.exact())
        self.run_due()

    def run_due(self) -> None:
        now = self.exact()
        while self._timers and self._timers[0][0] <= now:
            due, _, action = heapq.heappop(self._timers)
            self._frozen_at = due
            try:
                action()
            finally:
                self._frozen_at = None
