"""Python loads this first in every process of the rig's shop (it stands on PYTHONPATH): the shop's code is not touched.

FAULTS_CLOCK names a file with the seconds by which `timezone.now` is ahead, so that days pass in a moment.
FAULTS_CONTROL names a protection that is taken out: then the oracle must go red, else it proves nothing. (Transactions
are taken out by the proxy: links.py.)
"""

# ruff: noqa: ARG005  (what takes a function's place takes its arguments)
from __future__ import annotations

import importlib.abc
import importlib.machinery
import mmap
import os
import secrets
import struct
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType


def replace(owner: object, name: str, instead: object) -> None:
    """As `owner.name = instead`, but the process dies where there is no such thing: a protection that has moved house
    is then not thought to be taken out."""
    getattr(owner, name)
    setattr(owner, name, instead)


def move_clock(timezone: ModuleType) -> None:
    with Path(os.environ["FAULTS_CLOCK"]).open("rb") as file:
        ahead = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)
    real = timezone.now
    timezone.now = lambda: real() + timedelta(seconds=struct.unpack("d", ahead[:8])[0])


def without_row_locks(query: ModuleType) -> None:
    replace(query.QuerySet, "select_for_update", lambda self, **options: self.all())


def stock_unlocked(reserve: ModuleType) -> None:
    """The one lock that is written in SQL by hand. A moment passes between reading and writing, so that buyers meet."""
    unlocked = reserve.HOLD.replace("ORDER BY id FOR UPDATE", "AND pg_sleep(0.05)::text IS NOT NULL ORDER BY id")
    assert unlocked != reserve.HOLD
    replace(reserve, "HOLD", unlocked)


def events_after_the_commit(publishing: ModuleType) -> None:
    """What many shops do: the event is written once the change is committed, and lost when the process dies there."""
    from django.db import transaction

    real = publishing.publish

    def late(event, *, aggregate, at=None):
        def write():
            with transaction.atomic():
                real(event, aggregate=aggregate, at=at)

        transaction.on_commit(write)

    publishing.publish = late


def tasks_after_the_commit(backend: ModuleType) -> None:
    """`on_commit(task.delay)` taken for guaranteed delivery."""
    from django.db import transaction

    real = backend.TableBackend.enqueue
    backend.TableBackend.enqueue = lambda self, task, args, kwargs: transaction.on_commit(
        lambda: real(self, task, args, kwargs)
    )


def refunds_without_a_key(gateway: ModuleType) -> None:
    """Each call to the gateway with a key of its own: a repetition is a second refund."""
    cls = next(value for name, value in vars(gateway).items() if hasattr(value, "refund") and isinstance(value, type))
    real = cls.refund
    cls.refund = lambda self, *, payment_id, amount, key: real(
        self, payment_id=payment_id, amount=amount, key=f"rfd-{secrets.token_hex(18)}"
    )


def deliveries_without_memory(delivering: ModuleType) -> None:
    """Subscribers are not remembered: an event that is handed over again is applied again."""
    replace(delivering, "_state", lambda event, subscriber: None)


def keys_unread(api: ModuleType) -> None:
    """The Idempotency-Key of a call is not looked at."""
    replace(api, "idempotency_key_of", lambda request: None)


def nobody_asks_again(reconcile: ModuleType) -> None:
    """No reconciler: what no message told is never known."""
    replace(reconcile, "reconcile", lambda *, at: 0)


def holds_for_ever(expire: ModuleType) -> None:
    """A reservation does not expire."""
    replace(expire, "expire_due", lambda *, at, limit=500: 0)


CONTROLS: dict[str, dict[str, Callable[[ModuleType], None]]] = {
    "row locks": {"django.db.models.query": without_row_locks, "catalog.inventory.services.reserve": stock_unlocked},
    "events in the transaction": {"shop.core.outbox.publishing": events_after_the_commit},
    "tasks in the transaction": {"shop.core.tasks.backend": tasks_after_the_commit},
    "refund keys": {"checkout.payment.providers.razorpay.gateway": refunds_without_a_key},
    "delivered once": {"shop.core.outbox.delivering": deliveries_without_memory},
    "idempotency keys": {"shop.core.api.idempotency": keys_unread},
    "reconciler": {"checkout.payment.services.reconcile": nobody_asks_again},
    "expiry of holds": {"catalog.inventory.services.expire": holds_for_ever},
}


class AfterImport(importlib.abc.MetaPathFinder):
    """Runs a function on a module as soon as it has been loaded."""

    def __init__(self, wanted: dict[str, list[Callable[[ModuleType], None]]]) -> None:
        self.wanted = wanted

    def find_spec(self, name, path=None, target=None):
        changes = self.wanted.pop(name, None)
        if changes is None:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        load = spec.loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            load(module)
            for change in changes:
                change(module)

        spec.loader.exec_module = load_and_change
        return spec


def begin() -> None:
    wanted: dict[str, list] = {}
    if "FAULTS_CLOCK" in os.environ:
        wanted.setdefault("django.utils.timezone", []).append(move_clock)
    if control := os.environ.get("FAULTS_CONTROL"):
        for module, change in CONTROLS[control].items():
            wanted.setdefault(module, []).append(change)
    if wanted:
        sys.meta_path.insert(0, AfterImport(wanted))


begin()
