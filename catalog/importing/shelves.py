"""Category paths and tags, in the ways in which files write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalog.importing.errors import CellRefused
from catalog.importing.rows import Cell

DEEPEST_PATH = 10
LONGEST_SHELF = 120

_LEVEL = re.compile(r"\s*(?:->|>|»|›|→)\s*")
_PATHS = re.compile(r"\s*[|\n]\s*")
_LIST_COMMA = re.compile(r"(?<!\\),")


def parse_paths(cell: Cell) -> list[tuple[str, ...]]:
    """`A > B | C`, or lists as JSON has them: a list of names is one path, a list of lists several.

    Raises CellRefused for empty levels and for what is deeper or longer than can be meant.
    """
    if isinstance(cell, dict):
        raise CellRefused("an object where a category is expected")
    if isinstance(cell, str):
        return [_path(_LEVEL.split(text)) for text in _PATHS.split(cell.strip()) if text]
    if all(isinstance(part, str) for part in cell):
        several = any(_LEVEL.search(part) for part in cell)
        return [path for part in cell for path in parse_paths(part)] if several else [_path(cell)] if cell else []
    return [path for part in cell for path in parse_paths(part)]


def split_escaped(text: str) -> list[str]:
    r"""`a, b\, c` → ["a", "b, c"]: lists inside of a WooCommerce cell."""
    parts = (part.strip().replace("\\,", ",") for part in _LIST_COMMA.split(text))
    return [part for part in parts if part]


def parse_tags(cell: Cell) -> list[str]:
    """Raises CellRefused."""
    if isinstance(cell, dict):
        raise CellRefused("an object where tags are expected")
    parts: Iterable[Cell] = cell.split(",") if isinstance(cell, str) else cell
    tags = [" ".join(part.split()) if isinstance(part, str) else "" for part in parts]
    if any(len(tag) > 100 for tag in tags):
        raise CellRefused("a tag of more than 100 characters")
    return list(dict.fromkeys(tag for tag in tags if tag))


def _path(levels: Iterable[str]) -> tuple[str, ...]:
    path = tuple(" ".join(level.split()) for level in levels)
    if not all(path):
        raise CellRefused("a category path with an empty level")
    if len(path) > DEEPEST_PATH or any(len(level) > LONGEST_SHELF for level in path):
        raise CellRefused(f"deeper than {DEEPEST_PATH} levels, or a name of more than {LONGEST_SHELF} characters")
    return path
