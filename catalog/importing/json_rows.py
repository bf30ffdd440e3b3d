"""Rows of JSON files: an array of objects, or one object a line. Numbers stay the text they were written as."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from catalog.importing.errors import CatalogFileRefused
from catalog.importing.records import Refusal, shorten
from catalog.importing.rows import LONGEST_RECORD, MOST_COLUMNS, Row

_CHUNK = 1 << 16
_BLANKS = " \t\r\n"
_TWICE = "\0twice"


def _take_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    taken: dict[str, object] = {}
    for name, value in pairs:
        if name in taken:
            taken[_TWICE] = name
        taken[name] = _as_cell(value)
    return taken


def _as_cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        return [_as_cell(part) for part in value]
    return value


_DECODER = json.JSONDecoder(object_pairs_hook=_take_pairs, parse_float=str, parse_int=str, parse_constant=str)


def _as_row(line: int, value: object) -> Row | Refusal:
    if not isinstance(value, dict):
        return Refusal(line, "", shorten(value), "not an object with named fields")
    if _TWICE in value:
        return Refusal(line, shorten(value[_TWICE]), "", "this field stands twice in one object")
    return Row(line, value)


@dataclass
class JsonSource:
    """`kind` is `JSON` (an array) or `JSON lines`. The headings are the names that any object uses."""

    path: Path
    encoding: str
    kind: str
    headings: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        names: dict[str, None] = {}
        for row in self.rows():
            if isinstance(row, Row):
                names.update(dict.fromkeys(_names_in(row)))
            if len(names) > MOST_COLUMNS:
                raise CatalogFileRefused(f"more than {MOST_COLUMNS} different field names", line=row.line)
        self.headings = tuple(names)

    def rows(self) -> Iterator[Row | Refusal]:
        with self.path.open(encoding=self.encoding) as stream:
            yield from _array_rows(stream) if self.kind == "JSON" else _line_rows(stream)


def _names_in(row: Row) -> Iterator[str]:
    yield from row.cells
    variants = row.cells.get("variants")
    for variant in variants if isinstance(variants, list) else ():
        if isinstance(variant, dict):
            yield from variant


def _line_rows(stream: TextIO) -> Iterator[Row | Refusal]:
    number = 0
    while text := stream.readline(LONGEST_RECORD + 1):
        number += 1
        if len(text) > LONGEST_RECORD:
            raise CatalogFileRefused(f"longer than {LONGEST_RECORD:,} characters", line=number)
        if text.strip():
            yield _line_row(number, text)


def _line_row(number: int, text: str) -> Row | Refusal:
    try:
        return _as_row(number, _DECODER.decode(text))
    except json.JSONDecodeError as error:
        return Refusal(number, "", shorten(text), f"not JSON: {error.msg} at character {error.pos + 1}")
    except RecursionError:
        return Refusal(number, "", "", "nested too deep")


class _Window:
    """The part of a JSON file that is being looked at, with the line on which it begins."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self.text = ""
        self.line = 1
        self.ended = False

    def grow(self) -> None:
        chunk = self._stream.read(max(_CHUNK, len(self.text)))
        self.ended = not chunk
        self.text += chunk

    def drop(self, count: int) -> None:
        self.line += self.text.count("\n", 0, count)
        self.text = self.text[count:]

    def peek(self) -> str:
        """The next character that is not blank; empty at the end of the file."""
        while True:
            self.drop(len(self.text) - len(self.text.lstrip(_BLANKS)))
            if self.text or self.ended:
                return self.text[:1]
            self.grow()

    def fail(self, reason: str) -> CatalogFileRefused:
        return CatalogFileRefused(reason, line=self.line)


def _array_rows(stream: TextIO) -> Iterator[Row | Refusal]:
    window = _Window(stream)
    _expect(window, "[")
    if window.peek() != "]":
        while True:
            line, value = _take_value(window)
            yield _as_row(line, value)
            if window.peek() != ",":
                break
            window.drop(1)
    _expect(window, "]")
    if window.peek():
        raise window.fail("text follows after the end of the array")


def _expect(window: _Window, sign: str) -> None:
    found = window.peek()
    if found != sign:
        raise window.fail(f"not JSON: expected {sign} and found {found or 'the end of the file'}")
    window.drop(1)


def _take_value(window: _Window) -> tuple[int, object]:
    """The value that begins here. A value that reaches the end of the window may go on behind it."""
    window.peek()
    line = window.line
    while True:
        try:
            value, end = _DECODER.raw_decode(window.text)
        except json.JSONDecodeError as error:
            reason = f"not JSON: {error.msg}"
            bad_line = line + window.text.count("\n", 0, error.pos)
            end = len(window.text)
        except RecursionError:
            raise window.fail("nested too deep") from None
        else:
            reason = ""
        if not reason and end < len(window.text):
            window.drop(end)
            return line, value
        if window.ended:
            raise CatalogFileRefused(reason or "the array is not closed", line=bad_line if reason else line)
        if len(window.text) > LONGEST_RECORD:
            raise CatalogFileRefused(f"not JSON, or one value of more than {LONGEST_RECORD:,} characters", line=line)
        window.grow()
