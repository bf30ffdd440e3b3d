"""Bad inputs against the shop: each is a 4xx problem, names its field where fields are looked at, and changes nothing."""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from rest_framework.test import APIClient

from shop.accounts.models import User
from tests.fuzz.bodies import BadInput, Operation, bad_inputs, operations

WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Tally:
    cases: int = 0
    by_kind: Counter = field(default_factory=Counter)
    by_status: Counter = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Watch:
    """Sees whether anything was written while it was open."""

    wrote: list[str] = field(default_factory=list)

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if sql.lstrip()[:6].upper() in WRITES:
            self.wrote.append(sql[:120])
        return execute(sql, params, many, context)


def try_rounds(*, as_user: User, seed: int, most: int, ends_at: float, tally: Tally, done: int = 0) -> int:
    """Rounds over all operations, from round `done` on, until there were `most` cases or the time is over; returns the
    number of the next round. The same seed and round try the same inputs."""
    began, all_of_them = time.monotonic(), operations()
    client = APIClient()
    client.force_authenticate(as_user)
    while tally.cases < most and time.monotonic() < ends_at:
        for operation in all_of_them:
            with _taken_back():
                for bad in bad_inputs(operation, random.Random(f"{seed} {done} {operation.method} {operation.path}")):
                    _try(client, operation, bad, tally)
            if tally.cases >= most or time.monotonic() >= ends_at:
                break
        done += 1
    tally.seconds += time.monotonic() - began
    return done


@contextlib.contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _try(client: APIClient, operation: Operation, bad: BadInput, tally: Tally) -> None:
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        answer = client.generic(operation.method, operation.address, bad.body, content_type=bad.content_type)
        transaction.set_rollback(True)
    tally.cases += 1
    tally.by_kind[bad.kind] += 1
    tally.by_status[answer.status_code] += 1
    if wrong := _judge(answer, bad, watch):
        tally.failures.append(
            f"{operation.method} {operation.path} {bad.kind} {bad.field}: {wrong}: {bad.body[:160]!r}"
        )


def _judge(answer: Any, bad: BadInput, watch: Watch) -> str:
    if not 400 <= answer.status_code < 500:
        return f"answered {answer.status_code}"
    if not answer["Content-Type"].startswith("application/problem+"):
        return f"no problem but {answer['Content-Type']}"
    told = answer.data.get("errors", {})
    if bad.field and answer.status_code == 400 and answer.data["code"] == "invalid":
        top = bad.field.split(".")[0]
        if not any(name == top or name.startswith(f"{top}.") for name in told):
            return f"does not name {bad.field} but {sorted(told)}"
    return f"wrote: {watch.wrote[0]}" if watch.wrote else ""
