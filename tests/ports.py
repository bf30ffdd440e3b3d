"""Ports for servers that tests start as processes."""

from __future__ import annotations

import socket

_kept: list[socket.socket] = []


def free_port() -> int:
    """Nobody else is given it while this process lives: it stays bound here. Servers set SO_REUSEADDR, which lets one of
    them listen on it, however long it takes to start or how often it is started again."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    _kept.append(holder)
    return holder.getsockname()[1]
