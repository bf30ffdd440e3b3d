"""The shop itself behind a socket, on a database with real commits: for browsers and gateways that call it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


class Underway:
    """Counts the requests in work: one that outlived its test would write into the database that later tests share."""

    def __init__(self, application):
        self.application, self.at_work, self.is_closed = application, 0, False
        self.changed = threading.Condition()

    def __call__(self, environ, start_response):
        with self.changed:
            if self.is_closed:
                start_response("503 Service Unavailable", [])
                return
            self.at_work += 1
        try:
            with contextlib.closing(self.application(environ, start_response)) as answer:
                yield from answer
        finally:
            with self.changed:
                self.at_work -= 1
                self.changed.notify_all()

    def close(self) -> None:
        with self.changed:
            self.is_closed = True
            assert self.changed.wait_for(lambda: not self.at_work, timeout=60), "a request never ended"


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def served_shop(own_database) -> Iterator[str]:
    """Its address on `localhost`: another site than that of the emulators, which are at 127.0.0.1."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(underway := Underway(StaticFilesHandler(get_wsgi_application())))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    assert socket.gethostbyname("localhost") == "127.0.0.1"
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    underway.close()
    server.server_close()
    connections.close_all()


@pytest.fixture
def transactional_db():
    pytest.fail("It would empty the tables that migrations have filled, for all later tests: use own_database.")
