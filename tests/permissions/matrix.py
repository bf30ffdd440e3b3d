"""Reads the permission matrix (docs/permissions.md) and the routes that it must name."""

from __future__ import annotations

import fnmatch
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

FILE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROLES = ("guest", "customer", "vendor", "support", "merchandiser", "admin")
WORDS = ("yes", "own", "no")
VERBS = ("get", "post", "put", "patch", "delete")
ROW = re.compile(r"^\| `(?P<route>/[^`]*)` \| (?P<methods>[A-Z, ]+) \| (?P<cells>.*) \|$")


@dataclass(frozen=True)
class Row:
    route: str  # `/api/order/{order_id}/`; with `*` at the end: every route below it that has no row of its own
    method: str
    may: dict[str, str]
    line: int

    @property
    def path(self) -> str:
        return self.route.partition("?")[0]

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def read(text: str) -> list[Row]:
    """Raises ValueError, naming the line, for a row that does not say yes, own or no for each role."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not (found := ROW.match(line)):
            if line.startswith("| `/"):
                raise ValueError(f"{FILE.name}, line {number}: not a row of the matrix: {line}")
            continue
        cells = [cell.strip() for cell in found["cells"].split("|")]
        if len(cells) != len(ROLES) or not set(cells) <= set(WORDS):
            raise ValueError(f"{FILE.name}, line {number}: say {', '.join(WORDS)} for each of {', '.join(ROLES)}")
        may = dict(zip(ROLES, cells, strict=True))
        rows += [Row(found["route"], method.strip(), may, number) for method in found["methods"].split(",")]
    return rows


@functools.cache
def rows() -> list[Row]:
    return read(FILE.read_text())


def plain(pattern: str) -> str:
    """As OpenAPI writes it: `^users/(?P<user_id>[0-9]{1,18})/?$` and `users/<int:user_id>/` → `users/{user_id}/`."""
    pattern = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1}", pattern)
    pattern = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", pattern)
    pattern = pattern.replace(r"((?:[\w\-]+/)*)", "{path}").replace(r"(?:[\s\S]*/)?", "{anything}").replace("\\.", ".")
    return pattern.replace("^", "").replace("/?$", "/").replace("$", "")


@dataclass(frozen=True)
class Route:
    path: str
    verbs: tuple[str, ...]  # those that its class handles; none where only the view knows


@functools.cache
def routes() -> tuple[Route, ...]:
    return tuple({route.path: route for route in _walk(get_resolver(), "/")}.values())


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield Route(path, _verbs(pattern.callback, path))


def _verbs(view: Any, path: str) -> tuple[str, ...]:
    handler = getattr(view, "cls", None)
    return tuple(verb.upper() for verb in VERBS if handler and hasattr(handler, verb) and path.startswith("/api/"))


@functools.cache
def operations() -> tuple[tuple[str, str], ...]:
    """What the OpenAPI document offers. To write it takes a second."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return tuple((path, verb.upper()) for path, verbs in paths.items() for verb in verbs if verb in VERBS)


def row_of(path: str, method: str = "") -> Row | None:
    """Its own row, else that of the longest `*` which covers it."""
    fitting = [row for row in rows() if row.path == path and method in ("", row.method)]
    fitting += sorted((row for row in wide_rows() if covers(row, path)), key=lambda row: -len(row.path))
    return next(iter(fitting), None)


def wide_rows() -> list[Row]:
    return [row for row in rows() if row.path.endswith("*")]


def covers(row: Row, path: str) -> bool:
    return fnmatch.fnmatchcase(path.replace("[", ""), row.path)


def below(row: Row) -> list[str]:
    """The routes that a row with `*` speaks for."""
    return [route.path for route in routes() if row_of(route.path) in (row, *_twins(row))]


def _twins(row: Row) -> list[Row]:
    return [other for other in rows() if other.line == row.line]
