"""The HTTP server: loopback only."""

import json
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .depot import Depot

HOST = "127.0.0.1"
LARGEST_BODY = 1024 * 1024


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120
    server: "Server"

    def do_POST(self) -> None:
        body = self._read()
        parts = self.path.strip("/").split("/")
        if body is None:
            self._say(400, {"error": "The body is not a JSON object."})
        elif self.path == "/v1/shipments":
            self._book(body)
        elif parts[:2] == ["_emu", "shipments"] and parts[3:] == ["move"]:
            self._move(parts[2], body)
        elif self.path == "/_emu/faults":
            self.server.depot.faults.extend(body.get("answers", []))
            self._say(200, {"faults": self.server.depot.faults})
        elif self.path == "/_emu/reset":
            self.server.depot.forget()
            self._say(200, {})
        elif parts[:2] == ["_emu", "messages"] and parts[3:] == ["resend"]:
            message = self.server.depot.messages[int(parts[2])]
            self._say(200, self.server.depot.send(message).describe())
        else:
            self._say(404, {"error": "Not found."})

    def do_GET(self) -> None:
        depot = self.server.depot
        if self.path == "/_emu/messages":
            self._say(200, {"items": [message.describe() for message in depot.messages]})
        elif self.path == "/_emu/shipments":
            items = [known.describe() | {"booking": known.booking} for known in depot.shipments.values()]
            self._say(200, {"items": items})
        elif self.path.startswith("/track/"):
            self._say(200, {"tracking_number": self.path.removeprefix("/track/")})
        else:
            self._say(404, {"error": "Not found."})

    def _book(self, booking: dict[str, Any]) -> None:
        depot, fault = self.server.depot, self.server.depot.next_fault()
        if self.headers.get("Authorization") != f"Bearer {depot.key}":
            self._say(401, {"error": "Not a key of ours."})
        elif isinstance(fault, int):
            self._say(fault, {"error": "As you wished."})
        elif not booking.get("reference") or not booking.get("to", {}).get("pincode"):
            self._say(422, {"error": "reference and to.pincode are needed."})
        else:
            shipment, is_new = depot.book(self.headers.get("Idempotency-Key") or booking["reference"], booking)
            if fault == "lost":
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            else:
                self._say(201 if is_new else 200, shipment.describe())

    def _move(self, tracking_number: str, news: dict[str, Any]) -> None:
        shipment = self.server.depot.find(tracking_number)
        if shipment is None:
            self._say(404, {"error": "Not a shipment of ours."})
        else:
            self._say(200, self.server.depot.report(shipment, news).describe())

    def _read(self) -> dict[str, Any] | None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            return None
        try:
            body = json.loads(self.rfile.read(length) or b"{}")
        except ValueError:
            return None
        return body if isinstance(body, dict) else None

    def _say(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: GET /_emu/messages has it all."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *, port: int, depot: Depot) -> None:
        super().__init__((HOST, port), Handler)
        self.depot = depot
        depot.url = self.url

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_port}"
