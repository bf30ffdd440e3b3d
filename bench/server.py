"""The web server that is measured, and how much CPU it and PostgreSQL have used."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.datasets import ROOT, environment
from shop.core.embedded_postgres import Cluster

START_SECONDS = 120
GUNICORN = ("gunicorn", "--config", "python:bench.gunicorn_conf")


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen
    cluster: Cluster

    def cpu(self) -> float:
        """Seconds of CPU that the serving process has used, its threads together."""
        master = psutil.Process(self.process.pid)
        return sum(_seconds(one) for one in master.children(recursive=True) or [master])

    def database_cpu(self) -> float:
        """Seconds of CPU that PostgreSQL has used: all of its processes, those that ended included."""
        pid = int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        postmaster = psutil.Process(pid)
        times = postmaster.cpu_times()
        ended = times.children_user + times.children_system
        return _seconds(postmaster) + ended + sum(_seconds(one) for one in postmaster.children())


@contextlib.contextmanager
def serving(cluster: Cluster, database: str, command: tuple[str, ...] = GUNICORN) -> Iterator[Server]:
    """A server of one process on a free port, ended with the block. `command` begins with a module of ours or theirs."""
    port = _free_port()
    module, *options = command
    line = [sys.executable, "-m", module, *options, *_bind(module, port)]
    process = subprocess.Popen(line, cwd=ROOT, env=environment(database))
    try:
        _wait_for(port, process)
        yield Server(port, process, cluster)
    finally:
        process.terminate()
        process.wait(30)


def _bind(module: str, port: int) -> list[str]:
    if module == "granian":
        return ["--host", "127.0.0.1", "--port", str(port), "bench.wsgi:application"]
    return ["--bind", f"127.0.0.1:{port}", "bench.wsgi:application"]


def _seconds(process: psutil.Process) -> float:
    """From the scheduler's own count, in nanoseconds: `cpu_times` knows hundredths of a second, which is a third of a
    whole batch of cheap requests."""
    total = 0
    for thread in Path(f"/proc/{process.pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):
            total += int(thread.read_text().split()[0])
    return total / 1e9


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server does not answer on port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
