"""Children that die are started again: at once the first time, then with growing pauses."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from shop.running import children
from shop.running.children import Child


@dataclass
class Process:
    popen: subprocess.Popen

    @property
    def pid(self) -> int:
        return self.popen.pid

    def alive(self) -> bool:
        return self.popen.poll() is None


def sleeper(code: str = "import time; time.sleep(60)") -> Process:
    return Process(subprocess.Popen([sys.executable, "-c", code]))


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(children.time, "monotonic", lambda: now[0])
    return now


def kill(child: Child) -> None:
    child.handle.popen.kill()
    child.handle.popen.wait()


def test_a_living_child_is_left_alone():
    child = Child("sleeper", sleeper)
    child.ensure_alive()
    first = child.handle.pid
    child.ensure_alive()
    assert child.handle.pid == first
    kill(child)


def test_a_dead_child_is_started_again_at_once_then_after_growing_pauses(clock):
    child = Child("sleeper", sleeper)
    child.ensure_alive()
    kill(child)
    child.ensure_alive()
    assert child.handle.alive()
    pauses = []
    for _ in range(6):
        kill(child)
        before = clock[0]
        child.ensure_alive()
        while child.handle is None:
            clock[0] += 0.5
            child.ensure_alive()
        pauses.append(clock[0] - before)
    assert pauses == [1, 2, 4, 8, 8, 8]
    kill(child)


def test_long_life_is_forgiven(clock):
    child = Child("sleeper", sleeper, deaths=5)
    child.ensure_alive()
    clock[0] += 3600
    kill(child)
    child.ensure_alive()
    assert child.handle.alive()
    kill(child)


def test_ending_asks_then_kills(monkeypatch):
    monkeypatch.setattr(children, "SECONDS_TO_END", 2)
    polite, stubborn = Child("polite", sleeper), Child("stubborn", lambda: sleeper(STUBBORN))
    for child in (polite, stubborn):
        child.ensure_alive()
    read_ready(stubborn)
    children.end([polite, stubborn, Child("never begun", sleeper)])
    assert polite.handle.popen.wait(5) == -signal.SIGTERM
    assert stubborn.handle.popen.wait(5) == -signal.SIGKILL


STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


def read_ready(child: Child) -> None:
    """Wait until the process ignores SIGTERM: the kernel says so."""
    while True:
        lines = Path(f"/proc/{child.handle.pid}/status").read_text().splitlines()
        ignored = int(next(line for line in lines if line.startswith("SigIgn")).split()[1], 16)
        if ignored & (1 << (signal.SIGTERM - 1)):
            return
