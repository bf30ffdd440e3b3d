"""What of a page a browser would run, of a text that somebody typed."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

LINKS = ("href", "src", "action", "formaction", "data", "xlink:href", "srcdoc", "poster", "style")
RUNS = re.compile(r"[\x00-\x20]*(javascript|vbscript|data)\s*:", re.IGNORECASE)


def runs(html: str, mark: str) -> Iterator[str]:
    """Every element or attribute in which the mark would be code."""
    for tag in _parsed(html).find_all(True) if mark in html else ():
        if mark in tag.name or any(mark in name for name in tag.attrs):
            yield f"a name: {str(tag)[:120]}"
        yield from (f"{name}: {str(tag)[:120]}" for name, value in tag.attrs.items() if _acts(name, str(value), mark))
        if tag.name == "script" and mark in tag.text and not _is_data(tag):
            yield f"script: {str(tag)[:120]}"
        if tag.name == "style" and mark in tag.text:
            yield f"style: {str(tag)[:120]}"


def shows(html: str, text: str) -> bool:
    """Whether a reader sees it, or a field holds it."""
    page = _parsed(html)
    squeezed = _squeezed(text)
    return squeezed in _squeezed(page.get_text()) or any(
        squeezed in _squeezed(str(tag.get("value") or "")) for tag in page.find_all("input")
    )


@functools.lru_cache(maxsize=4)
def _parsed(html: str) -> BeautifulSoup:
    """Parsing a page takes longer than making it."""
    return BeautifulSoup(html, "html.parser")


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _acts(name: str, value: str, mark: str) -> bool:
    if mark not in value:
        return False
    return name.lower().startswith("on") or (name.lower() in LINKS and (bool(RUNS.match(value)) or name == "srcdoc"))


def _is_data(script: Tag) -> bool:
    """JSON for machines: no script runs it, as long as it is JSON and does not end early."""
    if "json" not in str(script.get("type", "")):
        return False
    try:
        json.loads(script.text)
    except ValueError:
        return False
    return True
