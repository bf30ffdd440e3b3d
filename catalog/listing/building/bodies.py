"""StreamField bodies as typed JSON, rich text expanded, pictures with their sizes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

import nh3
from wagtail.rich_text import expand_db_html

from catalog.listing.images import Picture

TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ol", "ul", "li", "h2", "h3", "h4"}
_TAG = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"</(?:p|li|h[2-4])>|<br ?/?>")


def typed_body(raw: Iterable[Mapping[str, Any]], pictures: Mapping[int, Picture]) -> list[dict[str, Any]]:
    """From the stored form: a block that chooses a picture would cost a query each if it were loaded."""
    return [_block(block["type"], block["value"], block.get("id"), pictures) for block in raw]


def clean_html(text: str) -> str:
    """What the editor's rich text may hold and nothing else, wherever the text came from: an import, a program."""
    return nh3.clean(text, tags=TAGS, attributes={"a": {"href"}}, link_rel=None)


def plain_text(rich: str) -> str:
    """Rich text without its markup."""
    return " ".join(html.unescape(_TAG.sub(" ", rich)).split())


def paragraphs(rich: str) -> str:
    """Rich text without its markup, a line for each paragraph or item of a list."""
    lines = (plain_text(part) for part in _ENDS.split(rich))
    return "\n".join(line for line in lines if line)


def _block(kind: str, value: Any, id_: str | None, pictures: Mapping[int, Picture]) -> dict[str, Any]:
    if kind == "text":
        typed: Any = clean_html(expand_db_html(value))
    elif kind == "picture":
        typed = _picture(value, pictures)
    else:
        typed = {"rows": [row["value"] if row.get("type") == "item" else row for row in value.get("rows", [])]}
    return {"id": id_, "type": kind, "value": typed}


def _picture(value: Mapping[str, Any], pictures: Mapping[int, Picture]) -> dict[str, Any]:
    """`{image, caption}`; the image is null when it was deleted meanwhile."""
    chosen = value.get("image") or {}
    picture = pictures.get(chosen.get("image", 0))
    alt = "" if chosen.get("decorative") else chosen.get("alt_text") or ""
    return {"image": picture.with_sources(alt) if picture else None, "caption": value.get("caption", "")}
