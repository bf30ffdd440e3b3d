"""An event, its subscribers and tasks for the kernel's tests. Imported by child processes too."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django_tasks import task

from shop.core.models import IdempotencyKey
from shop.core.outbox import Event, Message, publish
from shop.core.outbox.subscriptions import Subscriber, _by_event

NAME = "kernel.happened"


@dataclass(frozen=True)
class Happened(Event):
    name = NAME
    number: int


def happen(number: int) -> None:
    publish(Happened(number=number), aggregate=f"kernel:{number}")


def write_down(message: Message) -> None:
    """A subscriber's effect that the database can count: one row per event that reached it."""
    IdempotencyKey.objects.create(caller="kernel", path="/", key=str(message.id) + os.urandom(4).hex())


def written_down() -> list[int]:
    return sorted(int(key[:-8]) for key in IdempotencyKey.objects.filter(caller="kernel").values_list("key", flat=True))


@contextmanager
def subscribed(*handlers: Callable[[Message], None], to: str = NAME, prompt: bool = False) -> Iterator[None]:
    """These alone hear of the event while the block runs."""
    before = _by_event[to]
    _by_event[to] = [Subscriber(f"tests.{handler.__name__}", handler, prompt) for handler in handlers]
    try:
        yield
    finally:
        _by_event[to] = before


@task()
def write_row(key: str) -> None:
    IdempotencyKey.objects.create(caller="task", path="/", key=key + os.urandom(4).hex())


@task()
def fail(reason: str) -> None:
    raise ValueError(reason)


@task()
def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def rows_of_tasks() -> list[str]:
    return sorted(key[:-8] for key in IdempotencyKey.objects.filter(caller="task").values_list("key", flat=True))
