"""The list of what could not run, on a small suite of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.core.children import ROOT

SUITE = """
import pytest
def test_runs(): pass
@pytest.mark.browser
def test_browser(): pytest.skip("Chromium is not installed")
"""
SILENT = SUITE + "def test_silent(): pytest.skip('no time')\n"
CONFTEST = "from tests.could_not_run import pytest_runtest_logreport, pytest_sessionfinish, pytest_terminal_summary\n"


def run(folder, suite: str, *options: str, ci: bool = False) -> subprocess.CompletedProcess:
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_it.py").write_text(suite)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = browser\n")
    environment = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST")}
    environment |= {"PYTHONPATH": str(ROOT)} | ({"CI": "true"} if ci else {})
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", *options, str(folder)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one process", "two processes"])
def test_what_could_not_run_is_listed_with_its_reason(tmp_path, options):
    done = run(tmp_path, SUITE, *options)
    assert done.returncode == 0, done.stdout
    assert "1 tests ran." in done.stdout
    assert "could not run: 1 tests, because Chromium is not installed" in done.stdout
    assert "test_it.py::test_browser" in done.stdout


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one process", "two processes"])
def test_a_silent_skip_fails(tmp_path, options):
    done = run(tmp_path, SILENT, *options)
    assert done.returncode == 1, done.stdout
    assert "test_it.py::test_silent was skipped, which is not allowed here" in done.stdout


def test_a_missing_browser_fails_in_ci(tmp_path):
    assert run(tmp_path, SUITE, ci=True).returncode == 1
