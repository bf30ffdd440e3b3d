"""One webhook attempt over the network."""

import http.client
import ipaddress
import time
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from .errors import Refusal


@dataclass
class Attempt:
    """What came of it: a status, or an error word. `ms` is real time, `at` virtual."""

    status: int | None
    error: str | None
    ms: int
    at: int = 0
    tamper: str | None = None

    @property
    def succeeded(self) -> bool:
        return self.error is None and self.status is not None and 200 <= self.status < 300

    def describe(self) -> dict[str, Any]:
        return asdict(self) | {"succeeded": self.succeeded}


def check_loopback(url: str) -> None:
    """Refuse receivers elsewhere: this program talks to its own machine only."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost" or host.endswith(".localhost")
    if parts.scheme != "http" or not local:
        raise Refusal("A webhook URL must be http on a loopback host.", field="url")


def send_once(url: str, body: bytes, headers: dict[str, str], *, timeout: float) -> Attempt:
    """POST and wait for the whole answer. Later than `timeout` seconds is a failure, as is a redirect."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    started = time.monotonic()
    status, error = None, None
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=timeout)
    try:
        connection.request("POST", path, body=body, headers=headers)
        response = connection.getresponse()
        response.read()
        status = response.status
    except TimeoutError:
        error = "timeout"
    except (OSError, http.client.HTTPException) as problem:
        error = type(problem).__name__
    finally:
        connection.close()
    elapsed = time.monotonic() - started
    if error is None and elapsed > timeout:
        error = "timeout"
    return Attempt(status, error, int(elapsed * 1000))
