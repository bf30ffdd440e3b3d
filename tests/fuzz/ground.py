"""A shop behind a socket on a database of its own, for as long as a run takes."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator

from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections

from shop.accounts.models import User
from tests import conftest as servers
from tests.fuzz.people import LivingCallers
from tests.fuzz.seeds import fill
from tests.serving import Quiet, Underway


class _Open:
    """What pytest's blocker of databases would be, where there is no pytest."""

    def unblock(self) -> contextlib.AbstractContextManager:
        return contextlib.nullcontext()


@contextlib.contextmanager
def stocked_database() -> Iterator[User]:
    """Gives its administrator. For `make fuzz`; tests have their fixture `own_database`."""
    template = servers._ensure_template(_Open())
    with servers._copy_of(template, "fuzz") as name:
        servers._point_django_at(name)
        logging.getLogger("django.request").setLevel(logging.ERROR)  # thousands of refusals are what is wanted
        yield fill()
        connections.close_all()


@contextlib.contextmanager
def opened_shop() -> Iterator[str]:
    """Its address. Every identity of `people` has a caller behind it."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(underway := Underway(LivingCallers(get_wsgi_application())))
    logging.getLogger("django.request").setLevel(logging.ERROR)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        underway.close()
        server.server_close()
        connections.close_all()
