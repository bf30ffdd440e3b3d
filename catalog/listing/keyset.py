# ruff: noqa: S608 - only our own words become SQL, every value is a parameter
"""Going on behind a row instead of counting to it: stays right while rows are added, and costs the same at any depth
(by price or rating, where a row may have none, the rows before it are still walked over)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NULLABLE = ("p.price", "p.rating")  # those without one come last, in either direction

Key = tuple[str, str]  # SQL expression, the sign by which a later row differs


def sort_keys(order: str) -> list[Key]:
    """The parts of an ORDER BY of statements.py."""
    return [(part.split(" ")[0], "<" if " DESC" in part else ">") for part in order.split(", ")]


def columns(order: str) -> str:
    return ", ".join(f"{expression} AS key{n}" for n, (expression, _sign) in enumerate(sort_keys(order)))


def behind(order: str, values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """A condition, and its parameters, for the rows that come after the one with these values."""
    keys = sort_keys(order)
    (first, sign), bound = keys[0], ""
    if first not in NULLABLE:
        bound = f"{first} {sign}= %(key0)s AND "  # what the index can begin at
    return bound + _behind(keys, values, 0), {f"key{n}": value for n, value in enumerate(values)}


def _behind(keys: list[Key], values: Sequence[Any], n: int) -> str:
    if n == len(keys):
        return "false"
    (expression, sign), known = keys[n], values[n] is not None
    same = f"{expression} = %(key{n})s" if known else f"{expression} IS NULL"
    later = [f"({same} AND {_behind(keys, values, n + 1)})"]
    if known:
        later.append(f"{expression} {sign} %(key{n})s")
    if known and expression in NULLABLE:
        later.append(f"{expression} IS NULL")
    return f"({' OR '.join(later)})"


def window(page: str) -> list[str]:
    """CTEs: a row more than is shown tells whether there is more."""
    return [
        f"seen AS (SELECT x.*, row_number() OVER () AS n FROM ({page}) x)",
        "shelf AS (SELECT core_id, n FROM seen WHERE n <= %(limit)s)",
    ]


def last_row(order: str) -> str:
    """The values to go on behind, as a JSON array; NULL at the end of the list."""
    names = ", ".join(f"key{n}" for n in range(len(sort_keys(order))))
    return f"""(SELECT json_build_array({names}) FROM seen WHERE n = %(limit)s
        AND EXISTS (SELECT FROM seen WHERE n > %(limit)s))"""
