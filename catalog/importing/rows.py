"""One row of a catalogue file, before anything is known about what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from catalog.importing.records import Refusal, shorten

Cell = str | list | dict

LONGEST_CELL = 100_000
LONGEST_RECORD = 2_000_000
MOST_COLUMNS = 512
DEEPEST_CELL = 4

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by heading, and the line where the row begins (1 is the first line of the file).

    `parent` is the row that a nested variant of a JSON record was taken out of.
    """

    line: int
    cells: Mapping[str, Cell]
    parent: Row | None = None


class Source(Protocol):
    """A file that can be read several times, row by row. Rows that cannot be made out come as refusals."""

    @property
    def kind(self) -> str: ...

    @property
    def encoding(self) -> str: ...

    @property
    def headings(self) -> tuple[str, ...]: ...

    def rows(self) -> Iterator[Row | Refusal]: ...


def check_cells(row: Row) -> list[Refusal]:
    """What no column may hold: huge cells, bytes that cannot be stored, values nested too deep."""
    faults = []
    for heading, cell in row.cells.items():
        if cell and (reason := _fault(cell, 0)):
            faults.append(Refusal(row.line, shorten(heading), shorten(cell) if isinstance(cell, str) else "", reason))
    return faults


def _fault(cell: Cell, depth: int) -> str:
    if isinstance(cell, str):
        return _fault_of_text(cell)
    if depth >= DEEPEST_CELL:
        return f"nested deeper than {DEEPEST_CELL} levels"
    parts = [*cell.keys(), *cell.values()] if isinstance(cell, dict) else cell
    return next((reason for part in parts if part and (reason := _fault(part, depth + 1))), "")


def _fault_of_text(text: str) -> str:
    if len(text) > LONGEST_CELL:
        return f"longer than {LONGEST_CELL:,} characters"
    match = _UNSTORABLE.search(text)
    return f"holds the character U+{ord(match[0]):04X}, which cannot be stored" if match else ""


def name_headings(cells: list[str]) -> tuple[str, ...]:
    """Headings without surrounding blanks; one that is empty is named after its place."""
    names = [" ".join(cell.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "").split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(name or f"(column {place})" for place, name in enumerate(names, start=1))
