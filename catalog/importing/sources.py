"""Opening a catalogue file: what kind it is, by its content, and in which encoding."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from catalog.importing.delimited import open_delimited
from catalog.importing.encodings import check_encoding, find_encoding
from catalog.importing.errors import CatalogFileRefused
from catalog.importing.json_rows import JsonSource
from catalog.importing.rows import Row, Source
from catalog.importing.workbooks import WorkbookSource

_BINARY = {
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls) or another Office document; save it as .xlsx or CSV",
    b"\x1f\x8b": "compressed with gzip; unpack it first",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"SQLite format 3": "a database",
}
_TEXT_SUFFIXES = {".csv", ".tsv", ".tab", ".txt"}


def open_source(path: Path, *, count_known: Callable[[tuple[str, ...]], int], encoding: str | None = None) -> Source:
    """Raises CatalogFileRefused for a file that is missing, empty, of no known kind, or not text where it should be.

    `encoding` is only for text whose encoding somebody knows; without it UTF-8 or a Unicode mark is required.
    """
    head = _read_head(path)
    if head.startswith(b"PK\x03\x04"):
        return WorkbookSource(path)
    for mark, meaning in _BINARY.items():
        if head.startswith(mark):
            raise CatalogFileRefused(meaning)
    encoding = _settle_encoding(path, encoding)
    first = _first_sign(path, encoding)
    suffix = path.suffix.lower()
    if suffix not in _TEXT_SUFFIXES and first == "[":
        return JsonSource(path, encoding, "JSON")
    if suffix not in _TEXT_SUFFIXES and first == "{":
        return _open_json_lines(path, encoding)
    if suffix in {".json", ".jsonl", ".ndjson"}:
        raise CatalogFileRefused("not JSON: neither an array nor an object stands at its beginning", line=1)
    delimiter = "\t" if suffix in {".tsv", ".tab"} else None
    return open_delimited(path, encoding, delimiter=delimiter, count_known=count_known)


def _read_head(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CatalogFileRefused("not a file")
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise CatalogFileRefused(error.strerror or str(error)) from None
    if not head:
        raise CatalogFileRefused("the file is empty")
    return head


def _settle_encoding(path: Path, encoding: str | None) -> str:
    if encoding is None:
        return find_encoding(path)
    try:
        check_encoding(path, encoding)
    except LookupError:
        raise CatalogFileRefused(f"no encoding is named {encoding!r}") from None
    return encoding


def _first_sign(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding) as stream:
        while chunk := stream.read(4096):
            if stripped := chunk.lstrip():
                return stripped[0]
    raise CatalogFileRefused("the file is empty")


def _open_json_lines(path: Path, encoding: str) -> JsonSource:
    source = JsonSource(path, encoding, "JSON lines")
    if not isinstance(next(source.rows(), None), Row):
        raise CatalogFileRefused("not JSON lines: write one whole object on each line, or an array of objects", line=1)
    return source
