"""The React client is built beside the running shop, where Node is there; the shop does not wait for it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path

from django.conf import settings

QUIETLY = 10


def start_build() -> subprocess.Popen | None:
    """Begin `tools/build_frontend`; what it says goes to DATA_DIR/frontend.log. BUILD_FRONTEND=0 leaves it out."""
    if os.environ.get("BUILD_FRONTEND") == "0":
        return None
    script = Path(settings.BASE_DIR) / "tools" / "build_frontend"
    with (settings.DATA_DIR / "frontend.log").open("w") as log:
        build = subprocess.Popen([script], stdout=log, stderr=log, process_group=0)  # noqa: S603
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PGRP, build.pid, QUIETLY)
    return build


def end_build(build: subprocess.Popen | None) -> None:
    """npm's own processes end with it."""
    if build is not None and build.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(build.pid, signal.SIGTERM)
        build.wait()
