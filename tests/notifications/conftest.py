"""A server of ours that answers as the outside services would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest


class Service(BaseHTTPRequestHandler):
    """Keeps what it is sent and answers as told; `None` closes the connection without a word."""

    def do_POST(self) -> None:
        state = self.server.state
        body = self.rfile.read(int(self.headers["Content-Length"]))
        state.requests.append(SimpleNamespace(path=self.path, headers=self.headers, body=body))
        answer = state.answers.pop(0) if state.answers else state.usual
        if answer is None:
            self.close_connection = True
            return
        status, kind, text = answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_rest) -> None:
        """Quiet."""


@pytest.fixture
def service() -> Iterator[SimpleNamespace]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.state = SimpleNamespace(requests=[], answers=[], usual=(201, "text/plain", ""), port=server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.state
    server.shutdown()
    server.server_close()
