"""A small TCP proxy on every link of the rig: it delays, cuts, and swallows answers. For PostgreSQL it counts
statements, and at the n-th it strikes: before the server has it, or after the server has done it and before anybody
is told."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

QUERY, READY = ord("Q"), ord("Z")
# What a control without transactions turns into nothing: every statement is then committed at once.
OF_TRANSACTIONS = re.compile(rb"(BEGIN|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\b")
NOTHING = b"SET application_name TO ''"
Target = str | Path | tuple[str, int]


class Link:
    """Listens on `port` of the loopback and passes everything to `target` (a Unix socket or host and port)."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.delay = 0.0
        self.swallowing = False  # answers are read and thrown away
        self.is_cut = False
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and refuse new ones until it is mended."""
        self.is_cut = True
        self.break_all()

    def break_all(self) -> None:
        for pair in list(self._pairs):
            _close(*pair)

    def mend(self) -> None:
        self.is_cut, self.delay, self.swallowing = False, 0.0, False

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            far = None if self.is_cut else self._connect()
        except OSError:
            far = None
        if far is None:
            _close(near)
            return
        for end in (near, far):
            if end.family == socket.AF_INET:
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pair = (near, far)
        self._pairs.add(pair)
        threading.Thread(target=self._run, args=(self._answer, far, near, pair), daemon=True).start()
        self._run(self._ask, near, far, pair)

    def _connect(self) -> socket.socket:
        if isinstance(self.target, tuple):
            return socket.create_connection(self.target, 5)
        far = socket.socket(socket.AF_UNIX)
        far.connect(str(self.target))
        return far

    def _run(self, pump: Callable, source: socket.socket, sink: socket.socket, pair: tuple) -> None:
        with contextlib.suppress(OSError):
            pump(source, sink, pair)
        self._pairs.discard(pair)
        _close(*pair)

    def _ask(self, near: socket.socket, far: socket.socket, pair: tuple) -> None:
        while data := near.recv(65536):
            self._wait()
            far.sendall(data)

    def _answer(self, far: socket.socket, near: socket.socket, pair: tuple) -> None:
        while data := far.recv(65536):
            if not self.swallowing:
                near.sendall(data)

    def _wait(self) -> None:
        if self.delay:
            time.sleep(self.delay)


@dataclass
class Trap:
    """Strikes at the `nth` statement that counts. Counting begins with a statement that matches `begin`, if given;
    only those that match `only` count. `strike` gets the client's port; without one the link is cut there."""

    nth: int = 0  # 0 only counts
    phase: str = "before"  # or "after": done by the server, its answer is lost
    begin: re.Pattern[str] | None = None
    only: re.Pattern[str] | None = None
    strike: Callable[[int], int | None] | None = None
    statements: list[str] = field(default_factory=list)
    sprung: threading.Event = field(default_factory=threading.Event)
    struck: threading.Event = field(default_factory=threading.Event)  # and whoever was to die is dead
    killed: int | None = None
    counting: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def catches(self, statement: str) -> bool:
        with self.lock:
            if self.sprung.is_set():
                return False
            self.counting = self.counting or self.begin is None or bool(self.begin.search(statement))
            if not self.counting or (self.only and not self.only.search(statement)):
                return False
            self.statements.append(statement)
            if len(self.statements) != self.nth:
                return False
            self.sprung.set()
            return True


class PostgresLink(Link):
    """Understands the messages of PostgreSQL's protocol 3 (psycopg2 sends each statement as one simple query)."""

    trap: Trap | None = None
    without_transactions = False

    def __init__(self, target: Target) -> None:
        self._struck: dict[tuple, Trap] = {}
        super().__init__(target)

    def _ask(self, near: socket.socket, far: socket.socket, pair: tuple) -> None:
        source = near.makefile("rb")
        for kind, message in _messages(source, begins=True):
            trap = self.trap
            if kind == QUERY and trap and trap.catches(message[5:-1].decode(errors="replace")):
                if trap.phase == "before":
                    return self._strike(trap, pair)
                self._struck[pair] = trap
            if self.without_transactions and kind == QUERY and OF_TRANSACTIONS.match(message[5:]):
                message = b"Q" + struct.pack("!i", len(NOTHING) + 5) + NOTHING + b"\0"
            self._wait()
            far.sendall(message)
        return None

    def _answer(self, far: socket.socket, near: socket.socket, pair: tuple) -> None:
        source = far.makefile("rb")
        for kind, message in _messages(source):
            if pair not in self._struck:
                if not self.swallowing:
                    near.sendall(message)
            elif kind == READY:
                return self._strike(self._struck.pop(pair), pair)
        return None

    def _strike(self, trap: Trap, pair: tuple) -> None:
        """The owner dies while the line is silent; only then the server sees the line close."""
        if trap.strike is not None:
            trap.killed = trap.strike(pair[0].getpeername()[1])
        _close(*pair)
        trap.struck.set()


def _messages(source, *, begins: bool = False) -> Iterator[tuple[int, bytes]]:
    """Whole messages `(type, bytes)`; the first of a client has no type."""
    while True:
        kind = b"" if begins else source.read(1)
        length = source.read(4)
        if len(length) < 4:
            return
        body = source.read(struct.unpack("!i", length)[0] - 4)
        yield (kind[0] if kind else 0), kind + length + body
        begins = False


def _close(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
