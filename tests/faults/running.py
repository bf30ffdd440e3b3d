"""What every run of the rig shares: its seed, its end, its results, and the words it says on the way."""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from tests.faults.ground import Ground
from tests.faults.operations import Case
from tests.faults.oracle import Witness, judge
from tests.faults.people import Answer, Keeper
from tests.faults.processes import NotInTime
from tests.faults.rig import Rig, running_rig

T = TypeVar("T")
LEAST = 3  # cases of each kind, however short the time


@dataclass
class Result:
    """`failures` are broken promises; `cases` is how many different or repeated disturbances were tried."""

    run: str
    name: str
    cases: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Session:
    """One call of the rig. `part` 1 tries everything; 20 tries every twentieth case, from an offset that the seed
    gives. `known` are the results of an earlier call that was cut short."""

    ground: Ground
    seed: int
    ends_at: float
    part: int = 1
    known: dict[tuple[str, str], Result] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    keep: Callable[[Session], object] = id
    quiet: bool = False
    left_out: int = 0
    rig: Rig | None = None  # one that is open already, for runs that want none of their own

    @contextlib.contextmanager
    def open_rig(self, **options: Any) -> Iterator[Rig]:
        if self.rig is not None and not options:
            yield self.rig
            return
        with running_rig(self.ground, **options) as rig:
            yield rig

    def fairly(self, items: Iterable[T], weights: Iterable[int] = ()) -> Iterator[T]:
        """Each item with its share of the time that is left, so that a short run tries something of all."""
        left, end = list(items), self.ends_at
        weighed = list(weights) or [1] * len(left)
        while left:
            now = time.monotonic()
            self.ends_at = now + max(0.0, end - now) * weighed[0] / sum(weighed)
            weighed.pop(0)
            yield left.pop(0)
        self.ends_at = end

    def until(self, share: float) -> float:
        """When so much of the time that is left will be over."""
        now = time.monotonic()
        return now + max(0.0, self.ends_at - now) * share

    def random(self, name: str) -> random.Random:
        return random.Random(f"{self.seed} {name}")

    def is_over(self, done: int = LEAST) -> bool:
        """Whether the share of the time is used up. So few as LEAST cases are tried all the same."""
        return done >= LEAST and time.monotonic() > self.ends_at

    def say(self, text: str) -> None:
        if self.quiet:
            return
        sys.stdout.write(f"{time.strftime('%H:%M:%S')}  {text}\n")
        sys.stdout.flush()

    def record(self, run: str, name: str, work: Callable[[Result], None]) -> Result:
        """Do `work` unless an earlier call has done it."""
        if found := self.known.get((run, name)):
            self.results.append(found)
            self.say(f"{run}: {name}: known from before, {found.cases} cases")
            return found
        result, began = Result(run, name), time.monotonic()
        try:
            work(result)
        except NotInTime as late:  # never at rest: the oracle could not be asked
            result.failures.append(f"R: {late}")
        result.seconds = round(time.monotonic() - began, 1)
        self.results.append(result)
        self.keep(self)
        told = f"{len(result.failures)} FAILURES" if result.failures else "all right"
        self.say(f"{run}: {name}: {result.cases} cases, {told} ({result.seconds:g} s)")
        for failure in result.failures[:10]:
            self.say(f"    {failure}")
        return result


def new_case(rig: Rig, keeper: Keeper, random: random.Random) -> Case:
    return Case(rig, keeper, random)


def hold_hooks(rig: Rig) -> None:
    rig.emulate_all("POST", "webhooks/mode", {"mode": "hold"})


def insist(act: Callable[[Case], Answer], case: Case, seconds: float = 30) -> Answer:
    """Again and again until an answer decides, as a careful client does."""
    end = time.monotonic() + seconds
    while True:
        answer = act(case)
        running = answer.status == 409 and "in_progress" in str(answer.body)
        if not (answer.status == 0 or answer.status >= 500 or running) or time.monotonic() > end:
            return answer
        time.sleep(0.1)


def verdict(rig: Rig, result: Result, witness: Witness) -> None:
    """Come to rest, then ask the oracle."""
    rig.settle()
    result.failures += judge(rig, witness)
