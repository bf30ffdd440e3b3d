"""A command of manage.py, loaded once and forked: what was killed is back in milliseconds, as gunicorn's workers are."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

import django
from django.core.management import call_command

PR_SET_PDEATHSIG = 1


def serve_for_ever() -> None:
    django.setup()
    import shop.urls  # noqa: F401  (what a first task would import is there before the fork)

    while True:
        child = os.fork()
        if child == 0:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            call_command(*sys.argv[1:])
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    serve_for_ever()
