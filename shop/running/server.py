"""The web server of the demo: gunicorn in a forked process, which has the shop in memory already."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

from django.conf import settings
from django.core.cache import cache
from django.db import connections


@dataclass(frozen=True)
class Server:
    process: BaseProcess

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def alive(self) -> bool:
        return self.process.is_alive()


def start_server(host: str, port: int) -> Server:
    """Fork gunicorn. Nothing that is open here may be shared with it: connections are closed before."""
    connections.close_all()
    cache.clear()
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(host, port, os.getpid()))
    process.start()
    return Server(process)


def _serve(host: str, port: int, parent: int) -> None:
    from gunicorn.app.wsgiapp import WSGIApplication

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    configuration = str(settings.BASE_DIR / "gunicorn.conf.py")
    sys.argv = ["gunicorn", "--config", configuration, "--bind", f"{host}:{port}", "shop.wsgi"]
    WSGIApplication(prog="gunicorn").run()


def _end_with(parent: int) -> None:
    """A parent that was killed cannot say goodbye; without this the port would stay taken."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
