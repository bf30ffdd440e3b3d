"""`make run`: the whole shop in one process tree, from an empty folder to the first page."""

from __future__ import annotations

import os
import signal
import socket
import time
import urllib.request
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop import database
from shop.running.children import Child, end
from shop.running.courier import demo_courier
from shop.running.frontend import end_build, start_build
from shop.running.gateway import demo_gateways, describe_gateways
from shop.running.prepare import prepare_shop
from shop.running.server import start_server

HOST = "127.0.0.1"
BANNER = """
  {name} is open: {url}/
  Wagtail admin     {url}/admin/          maya (merchandiser), sam (support), admin (everything)
  API               {url}/api/docs/
  React client      {url}/app/            (built in the background where Node 20.19 is there)
  Shoppers          {url}/account/login/  asha, ravi
  Every password    {password}
  {payment}
  Ctrl-C closes the shop. Nothing is lost: {data} keeps it.
"""


class Command(BaseCommand):
    help = "Set up the demo shop where it is missing, then serve it. PORT and DATA_DIR come from the environment."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("run_shop serves the demo only. In production start gunicorn (docs/operator.md).")
        port = int(os.environ.get("PORT") or 8000)
        refuse_taken_port(port)
        end_on_signals()
        children = [*demo_gateways(), *demo_courier(), Child("web server", lambda: start_server(HOST, port))]
        try:
            self.run(children, port)
        except KeyboardInterrupt:
            self.stdout.write("Closing the shop …")
        finally:
            end(children)

    def run(self, children: list[Child], port: int) -> None:
        for child in children[:-1]:  # the seed pays through the demo gateway
            child.ensure_alive()
        prepare_shop(self.stdout.write)
        keep_alive(children, until=lambda: answers(port))
        self.stdout.write(banner(port))
        build = start_build()
        try:
            keep_alive(children, until=lambda: False)
        finally:
            end_build(build)


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            raise CommandError(
                f"Port {port} cannot be used ({problem.strerror}). Take another: make run PORT=9000"
            ) from None


def end_on_signals() -> None:
    """Ctrl-C and SIGTERM both end the shop in order; impatience must not leave half of it behind."""

    def handle(number: int, frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, handle)


def keep_alive(children: list[Child], *, until: Callable[[], bool]) -> None:
    """Look after the processes of the shop, PostgreSQL among them, twice a second."""
    while not until():
        database.keep_running()
        for child in children:
            child.ensure_alive()
        time.sleep(0.5)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2) as response:
            return response.status == 200
    except OSError:
        return False


def banner(port: int) -> str:
    return BANNER.format(
        name=settings.WAGTAIL_SITE_NAME,
        url=settings.SITE_URL,
        password=settings.DEMO_PASSWORD,  # type: ignore[misc]
        payment=describe_gateways(),
        data=settings.DATA_DIR,
    )
