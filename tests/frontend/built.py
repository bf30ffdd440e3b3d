"""The built React client, for tests that need it: built once, by whoever comes first."""

from __future__ import annotations

import fcntl
import functools
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
NO_NODE = 3
NODE_SECONDS = 400  # a whole build on a machine with a lot to do; tests of it may take as long (TIMEOUT)
TIMEOUT = pytest.mark.timeout(NODE_SECONDS + 100)


@functools.cache
def ensure_built() -> Path:
    """`frontend/dist`. Skips where there is no Node."""
    (ROOT / ".cache").mkdir(exist_ok=True)
    with (ROOT / ".cache" / "frontend.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run([ROOT / "tools" / "build_frontend"], capture_output=True, text=True, timeout=NODE_SECONDS)
    if done.returncode == NO_NODE:
        pytest.skip("Node 20.19 or npm is not installed")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return FRONTEND / "dist"


def npm_run(script: str) -> None:
    ensure_built()
    command = ["npm", "run", "--silent", script]
    done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, timeout=NODE_SECONDS)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-3000:]
