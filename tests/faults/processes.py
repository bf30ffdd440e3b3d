"""Child processes of the rig. None outlives it: the kernel kills each when the rig's main thread ends."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from shop.core.embedded_postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)
GUARD = """
import sys
from pathlib import Path
from shop.core.embedded_postgres import Cluster, stop
sys.stdin.read()
stop(Cluster(Path(sys.argv[1])))
"""


class NotInTime(AssertionError):
    """Something that was waited for did not come."""


def wait_for(done: Callable[[], object], what: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise NotInTime(f"{what}: not within {seconds:g} s")
        time.sleep(0.03)


@dataclass
class Process:
    """One child. `ready` says when it can be used. Start it from the main thread only (see the module)."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    ready: Callable[[], object] = lambda: True
    handle: subprocess.Popen | None = field(default=None, repr=False)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.handle = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=_end_with_parent,
            )  # fmt: skip

    def wait(self, seconds: float = 90) -> None:
        def is_ready() -> object:
            if not self.alive():
                raise NotInTime(f"the {self.name} ended:\n{self.log.read_text(errors='replace')[-2000:]}")
            return self.ready()

        wait_for(is_ready, f"the {self.name} to be ready", seconds)

    def alive(self) -> bool:
        return self.handle is not None and self.handle.poll() is None

    def ensure(self) -> None:
        if not self.alive():
            self.start()
        self.wait()

    def kill(self) -> None:
        """kill -9, its children too."""
        if self.handle is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.handle.pid, signal.SIGKILL)
            self.handle.wait(30)

    def end(self) -> None:
        if self.handle is not None and self.alive():
            self.handle.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.handle.wait(12)
        self.kill()

    def owner_of(self, port: int) -> int | None:
        """The process of this tree that holds the local TCP port."""
        for process in self.tree():
            with contextlib.suppress(psutil.Error):
                if any(c.laddr and c.laddr.port == port for c in process.net_connections("tcp")):
                    return process.pid
        return None

    def tree(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.Error):
            if self.handle is not None:
                top = psutil.Process(self.handle.pid)
                return [*top.children(recursive=True), top]
        return []


def _end_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


@contextlib.contextmanager
def guarding(cluster: Cluster) -> Iterator[None]:
    """Stop the cluster when the block or this process ends, however it ends: a guard waits for its pipe to close."""
    command = [sys.executable, "-c", GUARD, str(cluster.folder)]
    guard = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield
    finally:
        assert guard.stdin is not None
        guard.stdin.close()
        guard.wait(90)


def listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
