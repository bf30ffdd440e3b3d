"""XML as the API speaks it: an element for each member, `<list-item>` for each of a list, text for every value.

`null` and an empty text are both an empty element. What XML 1.0 cannot hold (most control characters) is left out. A
member whose name is no XML name is written `<member name="…">`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

ITEM, MEMBER, DEEPEST = "list-item", "member", 32
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class NotXML(ValueError):
    """What was sent is no XML, or more than plain elements; the text says what is wrong."""


def to_xml(value: Any, *, root: str = "root") -> str:
    """`value` is what JSON can hold: dicts, lists, strings, numbers, booleans, None."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{"".join(_element(root, value))}'


def _element(name: str, value: Any) -> Iterator[str]:
    opening, closing = _tags(name)
    yield opening
    if isinstance(value, dict):
        for member, inner in value.items():
            yield from _element(str(member), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _element(ITEM, inner)
    else:
        yield _text(value)
    yield closing


def _tags(name: str) -> tuple[str, str]:
    if _NAME.fullmatch(name) and name != MEMBER:
        return f"<{name}>", f"</{name}>"
    return f"<{MEMBER} name={quoteattr(_FORBIDDEN.sub('', name))}>", f"</{MEMBER}>"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_FORBIDDEN.sub("", str(value)), {"\r": "&#13;"})


def from_xml(raw: bytes) -> Any:
    """Dicts, lists and strings. Raises NotXML, also for a DTD, entities and processing that others would follow."""
    try:
        return _value(fromstring(raw, forbid_dtd=True), DEEPEST)
    except DefusedXmlException as refused:
        raise NotXML(f"a DTD or an entity is not read ({type(refused).__name__})") from None
    except (ParseError, LookupError, ValueError) as problem:
        raise NotXML(str(problem)) from None


def _value(element: Any, depth: int) -> Any:
    if not len(element):
        return element.text or ""
    if depth == 0:
        raise NotXML(f"more than {DEEPEST} levels")
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        raise NotXML(f"text beside elements in <{element.tag}>")
    if all(child.tag == ITEM for child in element):
        return [_value(child, depth - 1) for child in element]
    members = {_name_of(child): _value(child, depth - 1) for child in element}
    if len(members) != len(element):
        raise NotXML("a member stands twice")
    return members


def _name_of(element: Any) -> str:
    return element.get("name", "") if element.tag == MEMBER else element.tag
