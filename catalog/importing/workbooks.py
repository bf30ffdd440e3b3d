"""Rows of the first visible sheet of an XLSX workbook, read as a stream; bombs are refused before unpacking."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl

from catalog.importing.errors import CatalogFileRefused
from catalog.importing.records import Refusal
from catalog.importing.rows import MOST_COLUMNS, Row, name_headings

MOST_MEMBERS = 2_000
LARGEST_SHEET = 200 * 1024**2
LARGEST_OTHER = 32 * 1024**2
HIGHEST_RATIO = 100
SMALL_MEMBER = 1024**2
LAST_ROW = 1_048_576

_FORMULA = "\0formula"
_ERROR = "\0error"


def check_archive(path: Path) -> None:
    """Raises CatalogFileRefused for what is no workbook, or would unpack to more than can be meant."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise CatalogFileRefused("damaged: not a readable XLSX workbook") from None
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise CatalogFileRefused("a ZIP archive, but not an XLSX workbook")
    if len(members) > MOST_MEMBERS:
        raise CatalogFileRefused(f"a workbook of more than {MOST_MEMBERS} parts")
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 1:
        raise CatalogFileRefused("the workbook is protected by a password")
    limit = LARGEST_SHEET if member.filename.startswith("xl/worksheets/") else LARGEST_OTHER
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > limit or (member.file_size > SMALL_MEMBER and ratio > HIGHEST_RATIO):
        raise CatalogFileRefused(f"{member.filename} would unpack to {member.file_size:,} bytes; refused as a bomb")


@dataclass
class WorkbookSource:
    """Blank cells at the end of a row need not be there; formulas are refused, as their results may be stale."""

    path: Path
    kind: str = "XLSX"
    encoding: str = ""
    headings: tuple[str, ...] = field(default=())
    header_line: int = 0

    def __post_init__(self) -> None:
        check_archive(self.path)
        for line, cells in self._records():
            self.headings, self.header_line = name_headings(cells), line
            break
        if not self.headings:
            raise CatalogFileRefused("the first sheet is empty")

    def rows(self) -> Iterator[Row | Refusal]:
        for line, cells in self._records():
            if line > self.header_line:
                yield self._row(line, cells)

    def _row(self, line: int, cells: list[str]) -> Row | Refusal:
        width = len(self.headings)
        if any(cells[width:]):
            return Refusal(line, "", "", f"{len(cells)} cells under {width} headings")
        cells = cells + [""] * (width - len(cells))
        for heading, cell in zip(self.headings, cells, strict=False):
            if cell.startswith((_FORMULA, _ERROR)):
                return Refusal(line, heading, cell.split("\0")[2], _explain(cell))
        return Row(line, dict(zip(self.headings, cells, strict=False)))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """(line, texts) of every row that is not blank."""
        try:
            yield from self._unguarded_records()
        except CatalogFileRefused:
            raise
        except Exception as error:  # openpyxl raises whatever its parsing stumbles over
            raise CatalogFileRefused(f"damaged: the workbook cannot be read ({type(error).__name__})") from error

    def _unguarded_records(self) -> Iterator[tuple[int, list[str]]]:
        book = openpyxl.load_workbook(self.path, read_only=True, data_only=False, keep_links=False)
        try:
            sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
            if sheet is None:
                return
            sheet.reset_dimensions()
            for line, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW), start=1):
                if len(cells) > MOST_COLUMNS:
                    raise CatalogFileRefused(f"more than {MOST_COLUMNS} columns", line=line)
                texts = [_text(cell) for cell in cells]
                if any(texts):
                    yield line, texts
        finally:
            book.close()


def _explain(cell: str) -> str:
    if cell.startswith(_FORMULA):
        return "a formula; paste its value instead"
    return "an error of the spreadsheet"


def _text(cell: object) -> str:
    value = cell.value  # type: ignore[attr-defined]
    if value is None:
        return ""
    kind = cell.data_type  # type: ignore[attr-defined]
    if kind == "f":
        return f"{_FORMULA}\0{value if isinstance(value, str) else '='}"
    if kind == "e":
        return f"{_ERROR}\0{value}"
    return _text_of_value(value)


def _text_of_value(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # A workbook stores numbers as doubles: the shortest text that names the same double is what was typed.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""
