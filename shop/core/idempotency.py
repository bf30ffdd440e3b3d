"""Doing it once: the first answer to a caller's key is kept and given again, and nothing is done twice.

Keys live in PostgreSQL. While a call runs, its session holds an advisory lock: a second call with the same key is
told so at once, and a process that dies frees the key. A row without an answer is what such a process leaves
behind: the same body may go on from there, another body may not. Needs sessions of its own (no transaction pooling).
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.core.db import advisory_key
from shop.core.errors import Conflict, Unprocessable
from shop.core.models import IdempotencyKey
from shop.core.personal_data import on_erase

KEPT_FOR = timedelta(hours=48)

# Two statements in one round trip. The second sees what was committed before the lock was ours; a single statement
# would look at a snapshot from before it.
_CLAIM = """
SELECT set_config('shop.claimed', pg_try_advisory_lock(%(lock)s)::text, false);
INSERT INTO core_idempotencykey AS k (caller, path, key, fingerprint, created_at)
SELECT %(caller)s, %(path)s, %(key)s, %(fingerprint)s, %(now)s WHERE current_setting('shop.claimed') = 'true'
ON CONFLICT (caller, path, key) DO UPDATE SET key = k.key
RETURNING id, fingerprint, status, body;
"""
_KEEP = """
UPDATE core_idempotencykey SET status = %s, body = %s::jsonb WHERE id = %s;
SELECT pg_advisory_unlock(%s);
"""


class KeyInProgress(Conflict):
    code = "idempotency_in_progress"
    title = _("The first call with this Idempotency-Key is still running")


class KeyReused(Unprocessable):
    code = "idempotency_key_reused"
    title = _("This Idempotency-Key was used with another body")


@dataclass
class Claim:
    """One call under its key. `status` and `body` are those of the first answer, if there was one."""

    pk: int
    fingerprint: str
    status: int | None
    body: Any
    lock: int
    settled: bool = False

    def keep(self, status: int, body: Any) -> None:
        """Store the answer to give again, and free the key for others. One round trip."""
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [status, json.dumps(body, cls=DjangoJSONEncoder), self.pk, self.lock])
        self.settled = True

    def forget(self) -> None:
        """Free the key: refusals and failures are not kept. One query."""
        IdempotencyKey.objects.filter(pk=self.pk, status=None).delete()


@contextlib.contextmanager
def claim(*, caller: str, path: str, key: str, fingerprint: str) -> Iterator[Claim]:
    """Hold a key while the block runs; what the block does not `keep` is forgotten.

    Raises KeyInProgress, KeyReused. Locks: a session advisory lock. Must not be called inside a transaction that
    the block's work is to outlive. Two round trips for a first call and for a replay.
    """
    lock = advisory_key(f"idempotency\n{caller}\n{path}\n{key}")
    claimed = None
    row = _claim_row(lock, caller=caller, path=path, key=key, fingerprint=fingerprint)
    if row is None:
        raise KeyInProgress
    try:
        claimed = Claim(*row, lock)  # type: ignore[call-arg]
        if claimed.fingerprint != fingerprint:
            raise KeyReused
        yield from _run_once(claimed)
    finally:
        if claimed is None or not claimed.settled:
            _unlock(lock)


def _run_once(claimed: Claim) -> Iterator[Claim]:
    first = claimed.status is None
    try:
        yield claimed
    finally:
        if first and not claimed.settled:
            claimed.forget()


def _claim_row(lock: int, **values: str) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values | {"lock": lock, "now": timezone.now()})
        row = cursor.fetchone()
    return row and (*row[:3], json.loads(row[3]) if isinstance(row[3], str) else row[3])


def _unlock(lock: int) -> None:
    # A connection that broke took its locks with it.
    with contextlib.suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def purge_old_keys() -> int:
    """Delete keys older than 48 hours; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]


@on_erase
def forget_answers(user: Any, at: datetime) -> None:
    """They hold names and addresses. A call that still runs keeps nothing: its row is gone."""
    IdempotencyKey.objects.filter(caller=f"user:{user.pk}").delete()
