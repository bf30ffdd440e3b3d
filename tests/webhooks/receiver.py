"""A third party's server, as the tests want it to behave."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from shop.webhooks.models import WebhookEndpoint


@dataclass
class Receiver:
    url: str = ""
    answers: list[int] = field(default_factory=list)  # the next ones; then 204
    location: str = ""
    drips: bool = False  # a byte of the answer every 50 ms, without end
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.requests.append((self.path, headers, body))
            self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()
            for _ in range(200 if receiver.drips else 1):
                try:
                    self.wfile.write(b"because")
                except OSError:
                    return
                if receiver.drips:
                    time.sleep(0.05)

        def log_message(self, *args) -> None:
            pass

    return Handler


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_MAY_STAY_INSIDE = True
    told = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(told))
    server.daemon_threads = True
    told.url = f"http://127.0.0.1:{server.server_port}/hook?shop=1"
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.05), daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()


def make_endpoint(url: str, *events: str, **facts) -> WebhookEndpoint:
    return WebhookEndpoint.objects.create(name="Ledger", url=url, events=list(events or ("order.placed",)), **facts)
