"""Where encrypted secrets lie: columns of the type `EncryptedText`, and what rooms say beside them.

@keeps_secrets("second factors")
def rewrite(change) -> int: ...      # put `change(kept)` in the place of each; returns how many
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import connection, models

from shop.core.fields import EncryptedText

Rewriter = Callable[[Callable[[str], str]], int]
_rewriters: dict[str, Rewriter] = {}


def keeps_secrets(name: str) -> Callable[[Rewriter], Rewriter]:
    def register(function: Rewriter) -> Rewriter:
        _rewriters[name] = function
        return function

    return register


def rewrite_everything(change: Callable[[str], str]) -> Iterator[tuple[str, int]]:
    """Call inside a transaction. Yields the place and how many secrets lay there."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedText):
                yield f"{model._meta.label}.{field.name}", _rewrite_column(model, field, change)
    for name, rewrite in _rewriters.items():
        yield name, rewrite(change)


def _rewrite_column(model: type[models.Model], field: EncryptedText, change: Callable[[str], str]) -> int:
    """As they lie in the table, past the field's own decryption. Locks: the rows, by primary key."""
    table, key, column = (connection.ops.quote_name(n) for n in (model._meta.db_table, str(model._meta.pk.column), str(field.column)))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE {column} <> '' ORDER BY {key} FOR UPDATE")  # noqa: S608
        rows = cursor.fetchall()
        for pk, kept in rows:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [change(kept), pk])  # noqa: S608
    return len(rows)
