"""Descriptions, as files bring them, to what a product holds: two lines of plain text, and a safe body."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import nh3

LONGEST_SUMMARY = 400
SHORT_SUMMARY = 240
TAGS = {"h3", "h4", "p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li"}

_HEADING = re.compile(r"<(/?)h([1-6])\b[^>]*>", re.I)
_BLOCK = re.compile(r"<(/?)(?:div|section|article|blockquote|tr)\b[^>]*>", re.I)
_BREAK = re.compile(r"<(?:br|/p|/li|/h[1-6]|/div|/tr)\b[^>]*>", re.I)
_PLAIN_ENOUGH = re.compile(r"\s*(?:<p>)?[^<>]*(?:</p>)?\s*")
_SENTENCE = re.compile(r"[.!?।。](?=\s)")


@dataclass(frozen=True)
class Description:
    """`summary`: plain, at most 400 characters. `body`: HTML of rich text; empty where the summary says it all."""

    summary: str
    body: str


def describe(text: str, *, is_html: bool) -> Description:
    """Nothing of a script, style or event handler survives."""
    body = clean_markup(text) if is_html else _paragraphs(text)
    plain = plain_text(body)
    if len(plain) <= LONGEST_SUMMARY and _PLAIN_ENOUGH.fullmatch(body):
        return Description(plain, "")
    return Description(_shorten(plain), body)


def clean_markup(text: str) -> str:
    text = _HEADING.sub(lambda match: f"<{match[1]}{'h3' if match[2] in '123' else 'h4'}>", text)
    text = _BLOCK.sub(r"<\1p>", text)
    safe = nh3.clean(
        text, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    return re.sub(r"<p>\s*</p>", "", safe).strip()


def plain_text(markup: str) -> str:
    spaced = _BREAK.sub(lambda match: match[0] + " ", markup)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


def _paragraphs(text: str) -> str:
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
    return "".join(f"<p>{html.escape(part, quote=False).replace(chr(10), '<br/>')}</p>" for part in parts)


def _shorten(plain: str) -> str:
    """Whole sentences up to 240 characters, else whole words with an ellipsis."""
    if len(plain) <= SHORT_SUMMARY:
        return plain
    ends = [match.end() for match in _SENTENCE.finditer(plain[: SHORT_SUMMARY + 1])]
    if ends:
        return plain[: ends[-1]]
    head = plain[:SHORT_SUMMARY]
    return head[: head.rfind(" ") if " " in head else SHORT_SUMMARY].rstrip(" ,;:–-") + "…"


def fit_text(text: str, longest: int) -> str:
    """Cut at a word, where a field of the shop is shorter than the file's."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return head[: head.rfind(" ") if " " in head[longest // 2 :] else longest - 1].rstrip(" ,;:–-") + "…"
