"""Nothing is skipped silently: what could not run is listed with its reason, and what nobody expected is a failure.

Only three kinds of tests may be skipped: `browser` where Chromium is missing (in CI that fails), `node` where Node is
missing (the shop itself needs none), and `catalogues` where the real catalogues are not at hand.
"""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

MAY_SKIP = {"browser", "node", "catalogues"}
MAY_SKIP_IN_CI = {"node", "catalogues"}
_skipped: dict[str, list[str]] = defaultdict(list)
_unexpected: list[str] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report) -> None:
    if not report.skipped:
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    _skipped[reason.removeprefix("Skipped: ")].append(report.nodeid)
    allowed = MAY_SKIP_IN_CI if os.environ.get("CI") else MAY_SKIP
    if not allowed & set(report.keywords):
        _unexpected.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session) -> None:
    if _unexpected and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter) -> None:
    ran = sum(len(terminalreporter.stats.get(outcome, ())) for outcome in ("passed", "failed", "error"))
    terminalreporter.section("what ran, and what could not")
    terminalreporter.line(f"{ran} tests ran.")
    for reason, tests in sorted(_skipped.items()):
        terminalreporter.line(f"could not run: {len(tests)} tests, because {reason}")
        for test in tests[:10]:
            terminalreporter.line(f"    {test}")
    for test in _unexpected:
        terminalreporter.line(f"FAILED: {test} was skipped, which is not allowed here", red=True)
