"""The React client is built beside the running shop, where Node is there; the shop does not wait for it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from django.conf import settings

from shop.running.children import Child, end


def start_build() -> Child | None:
    """Begin `tools/build_frontend`; what it says goes to DATA_DIR/frontend.log. BUILD_FRONTEND=0 leaves it out."""
    if os.environ.get("BUILD_FRONTEND") == "0":
        return None
    child = Child("build of the React client", _start)
    child.ensure_alive()
    return child


def end_build(child: Child | None) -> None:
    if child is not None and child.handle is not None and child.handle.alive():
        end([child])


class _Build:
    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    @property
    def pid(self) -> int:
        return self.process.pid

    def alive(self) -> bool:
        return self.process.poll() is None


def _start() -> _Build:
    script = Path(settings.BASE_DIR) / "tools" / "build_frontend"
    with (settings.DATA_DIR / "frontend.log").open("w") as log:
        return _Build(subprocess.Popen([script], stdout=log, stderr=log, preexec_fn=_yield_to_the_shop))  # noqa: S603


def _yield_to_the_shop() -> None:
    os.setpgrp()  # npm's own children end with it
    os.nice(10)
