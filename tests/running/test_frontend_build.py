from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from shop.running import frontend


@pytest.fixture
def script(tmp_path, settings, monkeypatch):
    """A stand-in for the build, in a folder of its own."""
    monkeypatch.setenv("BUILD_FRONTEND", "1")
    settings.BASE_DIR = settings.DATA_DIR = tmp_path
    (tmp_path / "tools").mkdir()
    file = tmp_path / "tools" / "build_frontend"
    file.write_text("#!/bin/sh\nsleep 60 &\necho $! > child.pid\necho begun\nwait\n")
    file.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_build_runs_beside_the_shop_and_ends_with_all_its_children(script):
    build = frontend.start_build()
    pid = script / "child.pid"
    while not (pid.exists() and pid.read_text().strip()):
        assert build.poll() is None
        time.sleep(0.01)
    child = int(pid.read_text())
    assert os.getpriority(os.PRIO_PROCESS, build.pid) == frontend.QUIETLY
    frontend.end_build(build)
    assert build.poll() is not None
    deadline = time.monotonic() + 5
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _runs(child)


def test_it_can_be_left_out(script, monkeypatch):
    monkeypatch.setenv("BUILD_FRONTEND", "0")
    assert frontend.start_build() is None
    frontend.end_build(None)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
