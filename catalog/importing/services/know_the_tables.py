from __future__ import annotations

from django.apps import apps
from django.db import connection

GROWING = ("product", "pricing", "inventory", "listing")
FIRST_AT = 200  # products


class TableStatistics:
    """Tells PostgreSQL how large the tables have become, each time an import has doubled them.

    Its own statistics come too late for an import: a table that was empty a minute ago is planned for as if it still
    were, and a join of thousands of rows then runs row by row against all others (minutes instead of milliseconds).
    """

    def __init__(self) -> None:
        self.written, self.next_at = 0, FIRST_AT

    def count(self, written: int) -> None:
        """Note rows that were written, outside or inside of a transaction. Locks: none that anybody waits for."""
        self.written += written
        if self.written >= self.next_at:
            self.next_at = self.written * 2
            _analyze()


def _analyze() -> None:
    models = [model for label in GROWING for model in apps.get_app_config(label).get_models()]
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
