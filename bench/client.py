"""A client with keep-alive connections, light enough to leave the machine to the server."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TIMEOUT = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Unexpected(RuntimeError):
    """The server answered otherwise than a measured call may be answered."""


class Connection:
    """One connection; opened again where the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.waiting = b""

    def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: Any = None, expect: int = 200
    ) -> Answer:
        """Raises Unexpected unless the answer has the status `expect` (0: any)."""
        sent = self._encode(method, path, headers or {}, body)
        try:
            answer = self._exchange(sent)
        except (ConnectionError, BrokenPipeError):
            self.close()
            answer = self._exchange(sent)
        if answer.headers.get("connection", "").lower() == "close":
            self.close()
        if expect and answer.status != expect:
            raise Unexpected(f"{method} {path}: {answer.status} {answer.body[:300]!r}")
        return answer

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
        self.socket, self.waiting = None, b""

    def _encode(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> bytes:
        content = b"" if body is None else json.dumps(body).encode()
        all_headers = {
            "Host": "bench.example",
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Accept-Language": "en",
            **headers,
        }
        if body is not None:
            all_headers |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in all_headers.items()), "", ""]
        return "\r\n".join(lines).encode() + content

    def _exchange(self, sent: bytes) -> Answer:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(sent)
        status, headers = self._head()
        return Answer(status, headers, self._body(status, headers))

    def _head(self) -> tuple[int, dict[str, str]]:
        first, *lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return int(first.split(" ", 2)[1]), {name.lower(): value.strip() for name, _, value in pairs}

    def _body(self, status: int, headers: Mapping[str, str]) -> bytes:
        if status in (204, 304):
            return b""
        if headers.get("transfer-encoding") == "chunked":
            return b"".join(iter(self._chunk, b""))
        return self._exactly(int(headers["content-length"]))

    def _chunk(self) -> bytes:
        size = int(self._until(b"\r\n"), 16)
        return self._exactly(size + 2)[:-2]

    def _until(self, end: bytes) -> bytes:
        while end not in self.waiting:
            self._receive()
        found, self.waiting = self.waiting.split(end, 1)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self.waiting) < size:
            self._receive()
        found, self.waiting = self.waiting[:size], self.waiting[size:]
        return found

    def _receive(self) -> None:
        assert self.socket is not None  # noqa: S101
        received = self.socket.recv(262_144)
        if not received:
            raise ConnectionResetError
        self.waiting += received


Unit = Callable[[Connection], object]


@dataclass
class Driven:
    """Seconds that each unit took, as the client saw it; and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def drive(connections: Sequence[Connection], units: Sequence[Unit], deadline: float) -> Driven:
    """Run the units, spread over the connections, each in a thread; what has not begun by the deadline is left out."""
    driven = Driven()
    shares = [units[number :: len(connections)] for number in range(len(connections))]
    threads = [
        threading.Thread(target=_run, args=(connection, share, driven, deadline))
        for connection, share in zip(connections, shares, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return driven


def _run(connection: Connection, units: Sequence[Unit], driven: Driven, deadline: float) -> None:
    for unit in units:
        if time.monotonic() > deadline:
            return
        begun = time.perf_counter()
        try:
            unit(connection)
        except (OSError, Unexpected) as error:
            driven.errors.append(str(error))
            connection.close()
            continue
        driven.seconds.append(time.perf_counter() - begun)
