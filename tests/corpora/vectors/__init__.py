"""Texts that an attacker would send, a file to a class, one to a line; `\\r`, `\\n`, `\\t`, `\\x..`, `\\u....` in the
classes of headers, redirects and file names are the characters."""

from __future__ import annotations

import functools
import re
from pathlib import Path

CLASSES = ("xss", "sql", "formula", "header", "redirect", "filename")
ESCAPED = ("header", "redirect", "filename")


@functools.cache
def vectors(kind: str) -> tuple[str, ...]:
    lines = Path(__file__).with_name(f"{kind}.txt").read_text(encoding="utf-8").split("\n")[:-1]
    if kind not in ESCAPED:
        return tuple(lines)
    return tuple(re.sub(r"\\(r|n|t|x[0-9a-f]{2}|u[0-9a-f]{4})", _character, line) for line in lines)


def _character(found: re.Match[str]) -> str:
    code = found[1]
    return {"r": "\r", "n": "\n", "t": "\t"}.get(code) or chr(int(code[1:], 16))
