"""Negative controls: one protection is taken out, and the same run must turn red. One that stays green is a failure of
the rig, not a success of the shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults import crash, flash, messages, race
from tests.faults.operations import OPERATIONS
from tests.faults.running import Result, Session

STOCK_CHECKS = (
    "ALTER TABLE inventory_stockitem DROP CONSTRAINT stock_reserved_within_on_hand",
    "ALTER TABLE inventory_stockitem DROP CONSTRAINT stock_on_hand_not_negative",
)


@dataclass(frozen=True)
class Control:
    """`name` is the protection (inside/sitecustomize.py, links.py); `promise` what must be seen broken without it."""

    name: str
    promises: tuple[str, ...]
    run: Callable[..., None]
    alter: tuple[str, ...] = ()


def _killing(*names: str) -> Callable[..., None]:
    chosen = tuple(operation for operation in OPERATIONS if operation.name in names)
    return lambda session, **options: crash.run(session, chosen, **options)


def _racing(rounds: int, *names: str) -> Callable[..., None]:
    chosen = tuple(state for state in race.STATES if state.name in names)
    return lambda session, **options: race.run(session, rounds, chosen, **options)


def _without_messages(session: Session, **options) -> None:
    messages.run(session, messages.BASES[:1], **options)


def _rush(session: Session, **options) -> None:
    flash.run(session, 90, **options)


CONTROLS = (
    Control("transactions", ("S", "E", "P", "M"), _killing("place, cash on delivery")),
    Control("events in the transaction", ("E1",), _killing("place, cash on delivery")),
    Control("tasks in the transaction", ("P8",), _killing("webhook, taken in")),
    Control("delivered once", ("P2", "E2", "P6"), _killing("pay by callback")),
    Control("refund keys", ("M7", "P2", "P4"), _killing("refund, a part")),
    Control("idempotency keys", ("P4",), _killing("place, cash on delivery", "refund, a part")),
    # O2: what the locks no longer keep apart, constraints still refuse; then somebody gets a 500.
    Control("row locks", ("S", "P", "E", "O2"), _racing(6, "cash on delivery", "shipped", "paid")),
    Control("row locks", ("S1", "S2"), _rush, STOCK_CHECKS),
    Control("reconciler", ("P2", "P7", "P5"), _without_messages),
    Control("expiry of holds", ("S4",), _rush),
)


def run(session: Session, controls: tuple[Control, ...] = CONTROLS) -> None:
    for control in session.fairly(controls):
        name = f"without {control.name}" + (" and the stock's CHECKs" if control.alter else "")
        session.record("controls", name, lambda result, c=control: expect_red(session, c, result))


def expect_red(session: Session, control: Control, result: Result) -> None:
    inner = Session(session.ground, session.seed, session.ends_at, part=min(session.part, 3), quiet=True)
    control.run(inner, control=control.name, alter=control.alter)
    seen = [failure for found in inner.results for failure in found.failures]
    result.cases = sum(found.cases for found in inner.results)
    result.facts = {"broken promises seen": len(seen), "for example": seen[0][:200] if seen else ""}
    if not any(failure.startswith(control.promises) for failure in seen):
        result.failures.append(
            f"stayed green without {control.name}: the rig does not see {control.promises}; {seen[:2]}"
        )
