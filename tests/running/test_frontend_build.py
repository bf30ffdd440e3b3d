from __future__ import annotations

import contextlib
import os

import psutil
import pytest

from shop.running import frontend
from tests.core.test_tasks import wait_for


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
    wait_for(lambda: pid.exists() and pid.read_text().endswith("\n"))
    assert build.poll() is None
    child = int(pid.read_text())
    assert os.getpriority(os.PRIO_PROCESS, build.pid) == frontend.QUIETLY
    frontend.end_build(build)
    assert build.poll() is not None
    wait_for(lambda: not _runs(child))


def test_it_can_be_left_out(script, monkeypatch):
    monkeypatch.setenv("BUILD_FRONTEND", "0")
    assert frontend.start_build() is None
    frontend.end_build(None)


def _runs(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False
