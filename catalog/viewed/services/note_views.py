from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection

from catalog.viewed.models import KEPT
from shop.accounts.models import User

STATEMENT = """
WITH seen AS (
    INSERT INTO viewed_view (user_id, core_id, at)
    SELECT %(user)s, core.id, looked.at FROM unnest(%(cores)s::bigint[], %(moments)s::timestamptz[]) AS looked(core_id, at)
    JOIN product_productcore core ON core.id = looked.core_id AND core.is_live ORDER BY core.id
    ON CONFLICT (user_id, core_id) DO UPDATE SET at = GREATEST(viewed_view.at, excluded.at)
    RETURNING core_id
)
DELETE FROM viewed_view old WHERE old.user_id = %(user)s AND old.core_id NOT IN (SELECT core_id FROM seen)
    AND old.id NOT IN (
        SELECT id FROM viewed_view WHERE user_id = %(user)s AND core_id NOT IN (SELECT core_id FROM seen)
        ORDER BY at DESC, id DESC LIMIT greatest(%(kept)s - (SELECT count(*) FROM seen), 0))
"""


def note_views(*, user: User, product_ids: Sequence[int], at: datetime) -> None:
    """A person has looked at these, the latest first; the latest twenty are kept. What is not on sale is passed over.
    One statement. Locks: the person's rows, by the upsert."""
    ids = list(dict.fromkeys(product_ids))[:KEPT]
    moments = [at - timedelta(seconds=number) for number in range(len(ids))]
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"user": user.pk, "cores": ids, "moments": moments, "kept": KEPT})
