"""Rows of CSV and TSV files, one at a time, with the line where each begins."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from catalog.importing.errors import CatalogFileRefused
from catalog.importing.records import Refusal, shorten
from catalog.importing.rows import LONGEST_RECORD, MOST_COLUMNS, Row, name_headings

DELIMITERS = (",", "\t", ";", "|")


class _Lines:
    """Hands physical lines to the csv module, and stops one record from swallowing the rest of the file."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self.number = 0
        self.last = ""
        self._record_start = 1
        self._record_length = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_RECORD + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._record_length += len(line)
        if self._record_length > LONGEST_RECORD:
            reason = f"this row is longer than {LONGEST_RECORD:,} characters; is a quotation mark missing?"
            raise CatalogFileRefused(reason, line=self._record_start)
        self.last = line
        return line

    def begin_record(self) -> int:
        """The line on which the next record begins."""
        self._record_start, self._record_length = self.number + 1, 0
        return self._record_start


def _read_records(stream: TextIO, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """(line, cells), or (line, what is wrong with its quotation marks)."""
    csv.field_size_limit(LONGEST_RECORD + 1)
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.begin_record()
        try:
            yield start, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, _explain_quotes(error, lines, start)


def _explain_quotes(error: csv.Error, lines: _Lines, start: int) -> str:
    """Goes on after a single bad line; where the end of the row is not certain, the file is refused."""
    if "unexpected end of data" in str(error):
        raise CatalogFileRefused("a quotation mark opens here and is never closed", line=start) from None
    if lines.number != start or lines.last.count('"') % 2:
        raise CatalogFileRefused("the quotation marks of this row do not pair up", line=start) from None
    return "text stands outside of the quotation marks of its cell"


@dataclass(frozen=True)
class DelimitedSource:
    """A CSV or TSV file whose encoding and separator are known."""

    path: Path
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    header_line: int

    @property
    def kind(self) -> str:
        return "TSV" if self.delimiter == "\t" else "CSV"

    def rows(self) -> Iterator[Row | Refusal]:
        with self.path.open(encoding=self.encoding, newline="") as stream:
            for line, cells in _read_records(stream, self.delimiter):
                if line > self.header_line and cells and (row := self._row(line, cells)):
                    yield row

    def _row(self, line: int, cells: list[str] | str) -> Row | Refusal | None:
        if isinstance(cells, str):
            return Refusal(line, "", "", cells)
        if not any(cell.strip() for cell in cells):
            return None
        width = len(self.headings)
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            return Refusal(line, "", shorten(cells[0]), f"{len(cells)} cells under {width} headings")
        return Row(line, dict(zip(self.headings, cells, strict=False)))


def open_delimited(
    path: Path, encoding: str, *, delimiter: str | None, count_known: Callable[[tuple[str, ...]], int]
) -> DelimitedSource:
    """`count_known` tells how many headings mean something: the separator that yields most of them is the right one.

    Raises CatalogFileRefused for a file without a header.
    """
    candidates = (delimiter,) if delimiter else DELIMITERS
    headers = [(candidate, *_read_header(path, encoding, candidate)) for candidate in candidates]
    chosen, header_line, headings = max(headers, key=lambda header: (count_known(header[2]), len(header[2])))
    if len(headings) > MOST_COLUMNS:
        raise CatalogFileRefused(f"more than {MOST_COLUMNS} columns", line=header_line)
    return DelimitedSource(path, encoding, chosen, headings, header_line)


def _read_header(path: Path, encoding: str, delimiter: str) -> tuple[int, tuple[str, ...]]:
    """The first row that is not blank. Excel's `sep=;` line is passed over."""
    with path.open(encoding=encoding, newline="") as stream:
        for line, cells in _read_records(stream, delimiter):
            if isinstance(cells, str):
                return line, ()
            if not any(cell.strip() for cell in cells) or _is_separator_hint(cells):
                continue
            return line, name_headings(cells)
    raise CatalogFileRefused("the file is empty")


def _is_separator_hint(cells: list[str]) -> bool:
    return cells[0].lower().startswith("sep=") and len("".join(cells)) <= len("sep=") + 1
