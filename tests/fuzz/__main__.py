"""`make fuzz`: Schemathesis as every kind of caller, then bad inputs by class. See docs/reliability.md."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.test")
ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("FUZZ_DIR") or ROOT / ".cache" / "fuzz")
RESULTS = FOLDER / "results.json"
CASES = 130_000  # of which Schemathesis has its part: 20,000 of 130,000
PART = 20_000 / 130_000
OPERATIONS = 100  # more or less


def main() -> int:
    wishes = _wishes()
    import django

    django.setup()
    state = _unfinished(wishes) or {
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "commit": _commit(), "seed": wishes.seed,
        "cases": wishes.cases, "contract": {}, "round": 0, "bad": None,
    }  # fmt: skip
    state["jobs"] = wishes.jobs
    ends_at = time.monotonic() + wishes.seconds
    if "contract" in wishes.runs:
        _explore(state, ends_at if wishes.runs == ["contract"] else time.monotonic() + wishes.seconds / 2)
    if "bad" in wishes.runs:
        _refuse(state, ends_at)
    from tests.fuzz.report import failures_of, write_page

    if wishes.page:
        write_page(wishes.page, state)
    return 1 if failures_of(state) else 0


def _explore(state: dict[str, Any], ends_at: float) -> None:
    """Every caller, each with a shop of its own, `jobs` of them side by side; round after round with a new seed, until
    there are as many cases as are wanted. A round of a caller that was done before is left out."""
    from tests.fuzz.people import IDENTITIES
    from tests.fuzz.process import explore_as

    wanted = round(state["cases"] * PART)
    while (left := wanted - _explored(state)) > 0 and ends_at - time.monotonic() > 30:
        number = min(state["contract"].get(name, {}).get("rounds", 0) for name in IDENTITIES)
        todo = [name for name in IDENTITIES if state["contract"].get(name, {}).get("rounds", 0) == number]
        seconds = int((ends_at - time.monotonic()) * state["jobs"] / len(todo))
        examples = max(1, left // len(todo) // OPERATIONS)
        with ProcessPoolExecutor(state["jobs"], mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
            runs = {
                pool.submit(
                    explore_as, name, FOLDER / "contract" / name, state["seed"] + number, examples, seconds
                ): name
                for name in todo
            }
            for run in as_completed(runs):
                _add(state, runs[run], run.result())


def _explored(state: dict[str, Any]) -> int:
    return sum(found["cases"] for found in state["contract"].values())


def _add(state: dict[str, Any], identity: str, found: dict[str, Any]) -> None:
    kept = state["contract"].setdefault(identity, found | {"cases": 0, "failures": [], "seconds": 0.0, "rounds": 0})
    for name in ("cases", "failures", "seconds"):
        kept[name] += found[name]
    kept["rounds"] += 1
    _keep(state)
    _say(
        f"schemathesis as {identity}: {found['cases']} cases, {len(found['failures'])} failures, {found['seconds']:.0f} s"
    )


def _refuse(state: dict[str, Any], ends_at: float) -> None:
    from tests.fuzz.ground import stocked_database
    from tests.fuzz.refused import Tally, try_rounds

    most = round(state["cases"] * (1 - PART))
    tally = _tally_of(state["bad"]) if state["bad"] else Tally()
    with stocked_database() as boss:
        while tally.cases < most and time.monotonic() < ends_at:
            state["round"] = try_rounds(as_user=boss, seed=state["seed"], most=min(most, tally.cases + 3000),
                                        ends_at=ends_at, tally=tally, done=state["round"])  # fmt: skip
            state["bad"] = {**vars(tally), "by_kind": dict(tally.by_kind), "by_status": dict(tally.by_status)}
            _keep(state)
            _say(f"bad inputs: {tally.cases} of {most}, {len(tally.failures)} failures, {tally.seconds:.0f} s")


def _tally_of(kept: dict[str, Any]) -> Any:
    from tests.fuzz.refused import Tally

    return Tally(**{**kept, "by_kind": Counter(kept["by_kind"]),
                    "by_status": Counter({int(code): n for code, n in kept["by_status"].items()})})  # fmt: skip


def _keep(state: dict[str, Any]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(state, indent=1, ensure_ascii=False) + "\n", errors="backslashreplace")


def _unfinished(wishes: argparse.Namespace) -> dict[str, Any] | None:
    """An earlier call for as many cases that was cut short, and that this one goes on with."""
    if wishes.again or not RESULTS.exists():
        return None
    state = json.loads(RESULTS.read_text())
    done = state["bad"] and state["bad"]["cases"] >= round(state["cases"] * (1 - PART))
    done = done and _explored(state) >= round(state["cases"] * PART)
    return None if done or state["cases"] != wishes.cases else state


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--cases", type=int, default=CASES, help="of both kinds together")
    parser.add_argument("--seconds", type=int, default=7200, help="at most so long; the next call goes on")
    parser.add_argument("--seed", type=int, help="the same seed tries the same cases")
    parser.add_argument("--jobs", type=int, default=1, help="callers side by side")
    parser.add_argument("--runs", default="contract,bad")
    parser.add_argument("--again", action="store_true", help="do not go on with a run that was cut short")
    parser.add_argument("--page", type=Path, help="write the table into this page")
    wishes = parser.parse_args()
    wishes.runs = wishes.runs.split(",")
    wishes.seed = secrets.randbelow(10**6) if wishes.seed is None else wishes.seed
    return wishes


def _commit() -> str:
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def _say(text: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {text}\n")


if __name__ == "__main__":
    sys.exit(main())
