"""`make faults`: break the shop in every way that we know, and count. See docs/reliability.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults import controls, crash, flash, forged, infrastructure, messages, race
from tests.faults.ground import FOLDER, own_ground
from tests.faults.operations import OVER_KAFKA
from tests.faults.processes import ROOT
from tests.faults.report import table, write_page
from tests.faults.running import Result, Session

RESULTS = FOLDER / "results.json"
WHOLE = 1800  # seconds on two quiet cores; cases are tried until the time is over, those of each kind in equal parts
# (share of the time, run); what a run leaves over, the next ones have.
RUNS: dict[str, tuple[float, Callable[[Session], None]]] = {
    "controls": (0.14, controls.run),
    "crash": (0.30, crash.run),
    "race": (0.12, lambda session: race.run(session, 12)),
    "messages": (0.09, messages.run),
    "forged": (0.09, lambda session: forged.run(session, max(400, 20_000 // session.part))),
    "infrastructure": (0.14, lambda session: _infrastructure(session)),
    "kafka": (0.08, lambda session: _kafka(session)),
    "flash": (0.04, lambda session: flash.run(session, max(80, 500 // session.part))),
}
CELERY = ("Redis emptied", "Redis killed", "workers killed")


def _infrastructure(session: Session) -> None:
    celery = tuple(one for one in infrastructure.DISTURBANCES if one.name in CELERY)
    for run in session.fairly(
        (infrastructure.run, partial(infrastructure.run, disturbances=celery, celery=True)), (6, 1)
    ):
        run(session)


def _kafka(session: Session) -> None:
    """The same journeys, carried by the documented relay and consumer."""
    with session.open_rig(kafka=True) as rig:
        session.rig = rig
        for run in session.fairly((partial(infrastructure.run, disturbances=infrastructure.OVER_KAFKA),
                                   partial(crash.run, operations=OVER_KAFKA))):  # fmt: skip
            run(session)
        session.rig = None


def main() -> int:
    wishes = _wishes()
    kept = _unfinished(wishes)
    part = wishes.part or max(1, round(WHOLE / wishes.seconds))
    seed = kept["seed"] if kept else wishes.seed if wishes.seed is not None else secrets.randbelow(10**6)
    known = {(one["run"], one["name"]): Result(**one) for one in kept["results"]} if kept else {}
    facts = {"at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "commit": _commit(), "machine": _machine(),
             "seed": seed, "part": part, "runs": wishes.runs}  # fmt: skip

    def keep(session: Session, *, finished: bool = False) -> None:
        told = facts | {"finished": finished, "results": [one.as_json() for one in session.results]}
        RESULTS.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")

    with own_ground() as ground:
        began = time.monotonic()
        session = Session(ground, seed, began + wishes.seconds, part, known, keep=keep)
        session.say(f"seed {seed}, 1 case of {part}, about {wishes.seconds} s" + (", going on" if known else ""))
        shares, done = sum(RUNS[name][0] for name in wishes.runs), 0.0
        for name in wishes.runs:  # what one leaves over, the next ones have
            done += RUNS[name][0] / shares
            session.ends_at = began + done * wishes.seconds
            RUNS[name][1](session)
        keep(session, finished=True)
    seconds = sum(one.seconds for one in session.results)  # of an earlier call that this one went on with, too
    _tell(session, facts | {"seconds": seconds, "state": _state(session)}, wishes.page)
    return 1 if any(one.failures for one in session.results) else 0


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--runs", default="", help=f"some of {','.join(RUNS)}")
    parser.add_argument("--seconds", default="", help=f"about so long (whole: {WHOLE})")
    parser.add_argument("--seed", type=int, help="the same seed tries the same cases")
    parser.add_argument("--part", type=int, help="1 tries all, 10 every tenth")
    parser.add_argument("--again", action="store_true", help="do not go on with a run that was cut short")
    parser.add_argument("--page", type=Path, help="write the table into this page")
    wishes = parser.parse_args()
    wishes.runs = [name for name in wishes.runs.split(",") if name] or list(RUNS)
    if unknown := set(wishes.runs) - set(RUNS):
        parser.error(f"no such run: {', '.join(sorted(unknown))}; there are {', '.join(RUNS)}")
    wishes.seconds = int(wishes.seconds or WHOLE)
    return wishes


def _unfinished(wishes: argparse.Namespace) -> dict[str, Any] | None:
    """An earlier call of the same code that was cut short, and that this one goes on with."""
    if wishes.again or not RESULTS.exists():
        return None
    kept = json.loads(RESULTS.read_text())
    same = not kept["finished"] and kept["commit"] == _commit() and wishes.seed in (None, kept["seed"])
    return kept if same and kept["runs"] == wishes.runs else None


def _state(session: Session) -> str:
    cases = sum(one.cases for one in session.results if one.run != "controls")
    failures = sum(len(one.failures) for one in session.results)
    return f"{cases} cases, {failures} failures." + (
        " The time was over before all was tried." if session.left_out else ""
    )


def _tell(session: Session, facts: dict[str, Any], page: Path | None) -> None:
    sys.stdout.write("\n" + "\n".join(table(session.results)) + f"\n\n{facts['state']} Seed {facts['seed']}.\n")
    if page:
        write_page(page, session.results, facts)


def _commit() -> str:
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
