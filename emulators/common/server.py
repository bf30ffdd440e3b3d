"""The HTTP server: keep-alive, no Nagle, one write per answer, loopback only."""

import socket
import sys
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from .errors import Refusal
from .wire import Request, Response, make_json

HOST = "127.0.0.1"
LARGEST_BODY = 2 * 1024 * 1024
Answer = Callable[[Request], Response | None]  # None: close the line without a word
REASONS = BaseHTTPRequestHandler.responses


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120
    server: "Server"

    def serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            self._send(make_json(413, Refusal("The body is too large.").as_json()))
            return
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, parts.path, parts.query, headers, self.rfile.read(length))
        self._send(self.server.answer(request))

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_OPTIONS = serve

    def _send(self, response: Response | None) -> None:
        if response is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        phrase = REASONS[response.status][0] if response.status in REASONS else "Unknown"
        headers = {
            "Content-Type": response.content_type,
            "Content-Length": str(len(response.body)),
            "Cache-Control": "no-store",
            **response.headers,
        }
        lines = [
            f"HTTP/1.1 {response.status} {phrase}",
            *(f"{name}: {text}" for name, text in headers.items()),
        ]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode() + response.body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: GET /_emu/log has it all."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *, port: int, answer: Answer) -> None:
        super().__init__((HOST, port), Handler)
        self._answer = answer

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_port}"

    def answer(self, request: Request) -> Response | None:
        """A defect of the emulator is a 500 with its trace on stderr."""
        try:
            return self._answer(request)
        except Exception:
            traceback.print_exc(file=sys.stderr)
            return make_json(500, Refusal("The emulator failed.").as_json())

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no news; anything else is."""
        if not isinstance(sys.exc_info()[1], OSError):
            traceback.print_exc(file=sys.stderr)
