"""Which encoding a text file has. Only what is certain is taken; else the place of the first bad byte is named."""

from __future__ import annotations

import codecs
from pathlib import Path

from catalog.importing.errors import CatalogFileRefused

_CHUNK = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_encoding(path: Path) -> str:
    """The encoding by its mark, UTF-16 by its pattern of zero bytes, or UTF-8. Raises CatalogFileRefused."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK)
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None) or _utf16_without_mark(head)
    encoding = encoding or "utf-8"
    check_encoding(path, encoding)
    return encoding


def _utf16_without_mark(head: bytes) -> str | None:
    """Plain English headings in UTF-16 have every second byte zero, which UTF-8 text never has."""
    sample = head[:8]
    if len(sample) < 8:
        return None
    if not any(sample[0::2]) and all(sample[1::2]):
        return "utf-16-be"
    if not any(sample[1::2]) and all(sample[0::2]):
        return "utf-16-le"
    return None


def check_encoding(path: Path, encoding: str) -> None:
    """Raises CatalogFileRefused with the line and byte where the file stops being text of this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done, line = 0, 1
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                raise _bad_byte(error, done + len(chunk), line, encoding) from None
            done += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _bad_byte(error, done, line, encoding) from None


def _bad_byte(error: UnicodeDecodeError, end: int, line: int, encoding: str) -> CatalogFileRefused:
    """`end`: how many bytes of the file were read, the decoder's pending ones included."""
    position = end - len(error.object) + error.start
    byte = error.object[error.start : error.start + 1].hex()
    reason = f"byte 0x{byte} at position {position} is not {encoding.upper().removesuffix('-SIG')}; "
    advice = "save the file as UTF-8 (in Excel: “CSV UTF-8”)"
    return CatalogFileRefused(reason + advice, line=line + error.object[: error.start].count(b"\n"))
