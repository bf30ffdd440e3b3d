"""The results as JSON and as the table of docs/reliability.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.faults.running import Result

BEGIN, END = "<!-- written by make faults: begin -->", "<!-- written by make faults: end -->"


def bound(cases: int, failures: int) -> str:
    """The 95 % upper bound of the failure rate that a count without failures gives (rule of three: 3 / n)."""
    if not cases or failures:
        return "–"
    return f"{min(1.0, 3 / cases):.2%}"


def table(results: Iterable[Result]) -> Iterator[str]:
    yield "| run | what | cases | failures | 95 % bound | seconds |"
    yield "|---|---|---:|---:|---:|---:|"
    by_run: dict[str, list[Result]] = {}
    for result in results:
        by_run.setdefault(result.run, []).append(result)
    for run, members in by_run.items():
        for one in members:
            failed = _failed(one)
            yield f"| {run} | {one.name} | {one.cases} | {failed} | {_bound_of(one)} | {one.seconds:.0f} |"
        if run != "controls":
            cases, failed = sum(one.cases for one in members), sum(map(_failed, members))
            yield f"| **{run}** | **all** | **{cases}** | **{failed}** | **{bound(cases, failed)}** | |"


def _failed(result: Result) -> int:
    return len(result.failures)


def _bound_of(result: Result) -> str:
    if result.run == "controls":
        return "stayed green" if result.failures else f"red: {result.facts.get('broken promises seen')} seen"
    return bound(result.cases, _failed(result))


def write_page(path: Path, results: list[Result], facts: dict[str, Any]) -> None:
    """Replace what stands between the marks."""
    text = path.read_text()
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    said = "\n".join([_sentence(facts), "", *table(results), "", *_told(results)])
    path.write_text(f"{head}{BEGIN}\n{said}\n{END}{tail}")


def _sentence(facts: dict[str, Any]) -> str:
    part = "of all cases" if facts["part"] == 1 else f"of every {facts['part']}th case"
    return (
        f"Run {facts['at']}, commit {facts['commit']}, {facts['machine']}; seed {facts['seed']}, as many {part} as fitted, "
        f"{facts['seconds']:.0f} seconds; runs: {', '.join(facts['runs'])}. {facts['state']}"
    )


def _told(results: list[Result]) -> Iterator[str]:
    failed = [(one, failure) for one in results for failure in one.failures]
    if failed:
        yield "Failures:"
        yield ""
        yield from (f"- {one.run}, {one.name}: `{failure[:300]}`" for one, failure in failed[:40])
