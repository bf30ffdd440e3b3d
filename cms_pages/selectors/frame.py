"""The frame of the pages and the details of the shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from cms_pages.models import Frame
from cms_pages.targets import Link


def frame_in(language: str) -> Frame | None:
    """The live frame of a language, else that of the default language. One query."""
    frames = Frame.objects.filter(live=True, locale__language_code__in={language, settings.LANGUAGE_CODE})
    by_language = {frame.locale.language_code: frame for frame in frames.select_related("locale")}
    return by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)


def notices_of(frame: Frame) -> list[str]:
    return [str(block.value) for block in frame.notices]


def columns_of(frame: Frame) -> list[tuple[str, list[Link]]]:
    """Title and links of each column of the footer, as they are stored: making blocks of them would fetch every
    target, to ask it for its address alone."""
    return [
        (block["value"]["title"], [_of_list(item) for item in block["value"]["links"]])
        for block in frame.columns.raw_data
    ]


def links_of(stream: Any) -> list[Link]:
    """The links of `navigation` or `legal`, as they are stored."""
    return [block["value"] for block in stream.raw_data]


def all_links(frame: Frame) -> Iterator[Link]:
    yield from links_of(frame.navigation)
    yield from links_of(frame.legal)
    for _title, links in columns_of(frame):
        yield from links


def _of_list(item: Mapping[str, Any]) -> Link:
    return item.get("value", item)  # with ids, or without
