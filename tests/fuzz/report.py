"""The results as the table of docs/reliability.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- written by make fuzz: begin -->", "<!-- written by make fuzz: end -->"


def failures_of(state: dict[str, Any]) -> list[str]:
    contract = [failure for found in state["contract"].values() for failure in found["failures"]]
    return [*contract, *(state["bad"]["failures"] if state["bad"] else [])]


def write_page(path: Path, state: dict[str, Any]) -> None:
    """Replace what stands between the marks."""
    head, _, rest = path.read_text().partition(BEGIN)
    tail = rest.partition(END)[2]
    path.write_text(f"{head}{BEGIN}\n" + "\n".join(_lines(state)) + f"\n{END}{tail}")


def _lines(state: dict[str, Any]) -> Iterator[str]:
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    yield f"Run {state['at']}, commit {state['commit']}, {machine}; seed {state['seed']}; {state['cases']} cases wanted."
    yield from ("", "| run | what | cases | failures | seconds |", "|---|---|---:|---:|---:|")
    for name, found in state["contract"].items():
        yield f"| schemathesis | as {name} | {found['cases']} | {len(found['failures'])} | {found['seconds']:.0f} |"
    cases = sum(found["cases"] for found in state["contract"].values())
    failures = sum(len(found["failures"]) for found in state["contract"].values())
    yield f"| **schemathesis** | **all** | **{cases}** | **{failures}** | |"
    if bad := state["bad"]:
        for kind, number in sorted(bad["by_kind"].items()):
            yield f"| bad inputs | {kind} | {number} | {sum(f' {kind} ' in one for one in bad['failures'])} | |"
        yield f"| **bad inputs** | **all** | **{bad['cases']}** | **{len(bad['failures'])}** | {bad['seconds']:.0f} |"
        answers = ", ".join(
            f"{number} × {code}" for code, number in sorted(bad["by_status"].items(), key=lambda one: int(one[0]))
        )
        yield from ("", f"Answers to bad inputs: {answers}.")
    shown = failures_of(state)[:30]
    yield from ("", "Failures:", "", *(f"- `{one[:300]}`" for one in shown)) if shown else ()
