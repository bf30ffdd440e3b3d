"""Every statement of every money path is a crash point: kill -9 there, go on, come to rest, ask the oracle."""

from __future__ import annotations

import itertools
import time

from tests.faults.links import PostgresLink, Trap
from tests.faults.operations import COMMIT, OPERATIONS, Case, Operation
from tests.faults.oracle import Witness
from tests.faults.people import Answer, Keeper
from tests.faults.rig import Rig
from tests.faults.running import LEAST, Result, Session, hold_hooks, insist, new_case, verdict

PHASES = ("before", "after")
ONCE = {"ask for a return": "order_return", "ship a part": "order_fulfillment"}  # one key, one row of the order


def run(session: Session, operations: tuple[Operation, ...] = OPERATIONS, **rig_options) -> None:
    with session.open_rig(**rig_options) as rig:
        for operation in session.fairly(operations):
            session.record("crash", operation.name, lambda result, op=operation: try_all(session, rig, op, result))


def try_all(session: Session, rig: Rig, operation: Operation, result: Result) -> None:
    """Each statement, before it is done and after it; then the caller comes again, or does not. Commits first,
    then in no order: what fits into the time is a sample of all."""
    random, witness, keeper = session.random(operation.name), Witness(), Keeper(rig)
    keeper.call("GET", "return/")  # signs in, so that no statement of that is counted
    counted = strike(rig, operation, new_case(rig, keeper, random), 0, "before")
    statements = result.facts["statements"] = len(counted.statements)
    comebacks = (True, False) if operation.process == "web" else (False,)
    points = list(itertools.product(range(1, statements + 1), PHASES, comebacks))
    random.shuffle(points)
    points.sort(key=lambda point: not COMMIT.match(counted.statements[point[0] - 1]))  # around a commit most can break
    wanted = max(LEAST, len(points) // session.part)
    for nth, phase, comes_again in points:
        if result.cases >= wanted:
            break
        if session.is_over(result.cases):
            session.left_out += 1
            break
        case = new_case(rig, keeper, random)
        trap = strike(rig, operation, case, nth, phase)
        if not trap.sprung.is_set():
            continue  # this time it was done with fewer statements
        result.cases += 1
        if trap.killed is None:
            result.failures.append(f"the rig killed nobody at statement {nth}, {phase}")
        if comes_again:
            _come_again(operation, case, result, witness, f"statement {nth}, {phase}: {trap.statements[-1]}")
    if not result.cases:
        result.failures.append("R: no statement was reached: nothing was tried")
    verdict(rig, result, witness)


def strike(rig: Rig, operation: Operation, case: Case, nth: int, phase: str) -> Trap:
    """Prepare an order, arm the link, act; the process dies at the n-th statement, and is back when this returns."""
    hold_hooks(rig)
    operation.prepare(case)
    link = rig.links[f"{operation.process}-database"]
    assert isinstance(link, PostgresLink)
    before = _open_work(rig)
    trap = link.trap = Trap(nth, phase, operation.begin, strike=rig.owner_killer(operation.process))
    operation.act(case)
    if operation.process != "web":
        _await_work(rig, before, trap)
    link.trap = None
    if trap.sprung.is_set():
        trap.struck.wait(20)
    return trap


def _await_work(rig: Rig, before: set, trap: Trap, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not trap.sprung.is_set() and time.monotonic() < end:
        if rig.has_ticked() and not _open_work(rig) - before:
            return
        time.sleep(0.02)


def _open_work(rig: Rig) -> set[tuple[str, int]]:
    """Tasks, running ones too, and events that are not told yet."""
    return set(rig.ask("SELECT 'task', id FROM tasks_queuedtask WHERE status = 'waiting' UNION ALL"
                       " SELECT 'event', id FROM outbox_outboxevent WHERE relayed_at IS NULL"))  # fmt: skip


def _come_again(operation: Operation, case: Case, result: Result, witness: Witness, where: str) -> None:
    answer: Answer = insist(operation.act, case)
    if not answer.ok:
        result.failures.append(f"P4: {operation.name}, killed at {where[:300]}; the same call again: {answer}")
    elif operation.name.startswith("place"):
        witness.placed(case.key, answer.body)
    elif operation.name.startswith("refund"):
        witness.refunded_once.add(case.order_id)
    elif table := ONCE.get(operation.name):
        witness.once.add((table, case.order_id))
