"""One POST to an address that somebody typed in: never to a machine of ours, never for long, never further than told.

The name is resolved once, every address behind it is looked at, and the connection goes to the one that was looked at.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from shop.core.db import forbid_in_transaction

CONNECT_SECONDS, TOTAL_SECONDS = 5, 15
READ_AT_MOST = 16_384  # of the answer; nothing of it is kept but a line
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(ValueError):
    """The address must not be called."""


@dataclass(frozen=True)
class Answer:
    code: int | None
    duration_ms: int
    error: str


def post(url: str, *, headers: dict[str, str], body: bytes) -> Answer:
    """Whatever goes wrong is told in the answer."""
    forbid_in_transaction("webhook")
    began = time.monotonic()
    code, error = None, ""
    try:
        code, error = _post(check_url(url), headers, body)
    except (Refused, OSError, HTTPException, ValueError) as problem:
        error = f"{type(problem).__name__}: {problem}"[:500]
    return Answer(code, int((time.monotonic() - began) * 1000), error)


def check_url(url: str) -> SplitResult:
    """Raises Refused."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError as problem:
        raise Refused("this is no address") from problem
    schemes = {"https", "http"} if settings.WEBHOOKS_MAY_STAY_INSIDE else {"https"}
    if parts.scheme not in schemes or not parts.hostname:
        raise Refused("the address must begin with https://")
    if parts.username is not None or parts.password is not None:
        raise Refused("the address must not hold a password")
    return parts


def is_public(address: str) -> bool:
    """Whether an IP address lies on the open Internet; what wraps an IPv4 address counts as inside."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in NAT64):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _resolve(host: str, port: int) -> str:
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.WEBHOOKS_MAY_STAY_INSIDE and not all(is_public(address) for address in found):
        raise Refused(f"{host} leads to a private address")
    return found[0]


def _post(parts: SplitResult, headers: dict[str, str], body: bytes) -> tuple[int, str]:
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connected = socket.create_connection((_resolve(host, port), port), timeout=CONNECT_SECONDS)
    if secure:
        context = ssl.create_default_context()
        connected = context.wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)
    connection = HTTPConnection(host, port)
    connection.sock = connected
    with contextlib.closing(connected), _cut_after(connected, TOTAL_SECONDS):
        if isinstance(connected, ssl.SSLSocket):
            connected.do_handshake()
        connection.request("POST", target, body, headers | {"Host": parts.netloc, "Connection": "close"})
        response = connection.getresponse()  # a redirect is an answer like any other: nobody follows it
        text = response.read(READ_AT_MOST)
    return response.status, "" if response.status < 300 else text[:200].decode("utf-8", "replace").replace("\0", "")


@contextlib.contextmanager
def _cut_after(connected: socket.socket, seconds: float) -> Iterator[None]:
    """A timeout of a socket counts from byte to byte; this one counts the whole."""

    def cut() -> None:
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
