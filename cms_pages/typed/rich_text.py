"""Rich text for clients: safe HTML whose links into the shop say where they lead and to what."""

from __future__ import annotations

from html import escape
from typing import Any

import nh3
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from catalog.listing.building.bodies import TAGS
from cms_pages.targets import Targets

ATTRIBUTES = {"a": {"href", "data-kind", "data-id"}}


def pages_in(text: str) -> set[int]:
    """Pages that a stored rich text links to."""
    tags = (extract_attrs(match) for match in FIND_A_TAG.findall(text))
    return {int(tag["id"]) for tag in tags if tag.get("linktype") == "page" and tag.get("id", "").isdecimal()}


def typed_html(text: str, targets: Targets) -> str:
    """`<a href="/delivery/" data-kind="page" data-id="7">`; a link to what is gone is no link any more."""
    linked = FIND_A_TAG.sub(lambda match: _link(match, targets), text)
    return nh3.clean(expand_db_html(linked), tags=TAGS, attributes=ATTRIBUTES, link_rel=None)


def _link(match: Any, targets: Targets) -> str:
    tag = extract_attrs(match.group(1))
    if tag.get("linktype") != "page":
        return match.group(0)
    target = targets.of({"page": int(tag["id"])}) if tag.get("id", "").isdecimal() else None
    if target is None or not target.url:
        return "<a>"
    return f'<a href="{escape(target.url)}" data-kind="{target.kind}" data-id="{target.id}">'
