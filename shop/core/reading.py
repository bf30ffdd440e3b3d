"""Reads in one statement of their own: a queryset says which rows, SQL what is told of them.

Django needs longer to write a statement over many columns, and one more for every relation, than PostgreSQL to answer
it. Whose a row is stays where it was: only the condition of the queryset is written by Django.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import QuerySet

COUNTED = ", (SELECT count(*) FROM {table} {found_by} WHERE {where})"
STATEMENT = """
SELECT {columns}{count} FROM (
    SELECT {table}.* FROM {table} {found_by} WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s
) {table} {found_by} {told_by} ORDER BY {order}
"""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of the rows of a table. Every table is called by its own name.

    `found_by`: joins that conditions and orders may name. `told_by`: further ones, for the columns of the few rows that
    are shown.
    """

    table: str
    columns: str
    found_by: str = ""
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the rows of a queryset, by an order in SQL; its own does not count."""

    rows: QuerySet
    order: str
    limit: int
    offset: int = 0


def read_part(telling: Telling, part: Part) -> tuple[list[tuple], int]:
    """The rows, and how many there are in all (0 where none is shown). One statement."""
    found = _read(telling, part, COUNTED)
    return [row[:-1] for row in found], found[0][-1] if found else 0


def read_one(telling: Telling, rows: QuerySet) -> tuple | None:
    """The only row of a queryset. One statement."""
    return next(iter(_read(telling, Part(rows, f"{telling.table}.id", 1))), None)


def is_any(rows: QuerySet) -> bool:
    """Whether a queryset has a row. One statement."""
    return read_one(Telling(rows.model._meta.db_table, "true"), rows) is not None


def _read(telling: Telling, part: Part, count: str = "") -> list[tuple]:
    where, parameters = condition_of(part.rows)
    names = {"table": telling.table, "found_by": telling.found_by, "where": where}
    statement = STATEMENT.format(
        columns=telling.columns, count=count.format(**names), told_by=telling.told_by, order=part.order, **names
    )
    times = 2 if count else 1
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters * times, part.limit, part.offset])
        return cursor.fetchall()


def condition_of(rows: QuerySet) -> tuple[str, list[Any]]:
    """What follows WHERE, with its parameters. Raises ValueError for a queryset that is more than a condition."""
    query = rows.query
    if query.is_sliced or query.distinct or query.combinator or query.group_by is not None:
        raise ValueError("only a condition can be taken over")
    try:
        where, parameters = query.where.as_sql(query.get_compiler(connection=connection), connection)
    except EmptyResultSet:
        return "false", []
    except FullResultSet:
        return "true", []
    return where, list(parameters)


def time_of(text: str) -> datetime:
    """A time inside JSON that PostgreSQL made: the connection's times are UTC."""
    return datetime.fromisoformat(text)
