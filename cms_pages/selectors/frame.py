"""The frame of the pages and the details of the shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from checkout.complaint.officer import OFFICER, or_nobody
from cms_pages.models import ShopSettings
from cms_pages.targets import Link
from shop.privacy.selectors import TEXTS, text_among
from shop.privacy.statuses import Purpose

FRAME = """
SELECT json_build_array(locale.language_code, footer_lead, notices, navigation, columns, legal)
FROM cms_pages_frame frame JOIN wagtailcore_locale locale ON locale.id = frame.locale_id
WHERE frame.live AND locale.language_code IN (%(locale)s, %(own)s)
ORDER BY locale.language_code = %(locale)s DESC, frame.id DESC LIMIT 1"""
SHOP = ("name", "legal_name", "gstin", "contact_email", "contact_phone")
DETAILS = f"SELECT json_build_array({', '.join(SHOP)}) FROM cms_pages_shopsettings WHERE site_id = %(site)s"  # noqa: S608
SURROUNDINGS = f"SELECT ({FRAME}), ({DETAILS}), ({OFFICER}), ({TEXTS})"


class SeenFrame(NamedTuple):
    """As it is stored, with the ids of what links lead to: making blocks of them would fetch every target."""

    language: str
    footer_lead: str
    notices: list[dict[str, Any]]
    navigation: list[dict[str, Any]]
    columns: list[dict[str, Any]]
    legal: list[dict[str, Any]]


class Surroundings(NamedTuple):
    """What stands around a page: `shop` by the names of ShopSettings, `officer` and `consent` as their rooms tell them."""

    frame: SeenFrame | None
    shop: dict[str, str]
    officer: dict[str, str]
    consent: dict[str, Any]


def frame_in(language: str) -> SeenFrame | None:
    """The live frame of a language, else that of the default language. One query."""
    found = _read(f"SELECT ({FRAME})", locale=language)[0]
    return SeenFrame(*found) if found else None


def surroundings(site_id: int | None, language: str) -> Surroundings:
    """Of the pages of a site in a language. One query."""
    purpose = Purpose.ANALYTICS
    frame, shop, officer, texts = _read(SURROUNDINGS, locale=language, site=site_id, purpose=purpose)
    return Surroundings(
        frame=SeenFrame(*frame) if frame else None,
        shop=dict(zip(SHOP, shop, strict=True)) if shop else {name: getattr(ShopSettings(), name) for name in SHOP},
        officer=or_nobody(officer),
        consent=text_among(texts or [], purpose, language),
    )


def notices_of(frame: SeenFrame) -> list[str]:
    return [str(block["value"]) for block in frame.notices]


def columns_of(frame: SeenFrame) -> list[tuple[str, list[Link]]]:
    """Title and links of each column of the footer."""
    return [(block["value"]["title"], [_of_list(item) for item in block["value"]["links"]]) for block in frame.columns]


def links_of(stream: list[dict[str, Any]]) -> list[Link]:
    """The links of `navigation` or `legal`."""
    return [block["value"] for block in stream]


def all_links(frame: SeenFrame) -> Iterator[Link]:
    yield from links_of(frame.navigation)
    yield from links_of(frame.legal)
    for _title, links in columns_of(frame):
        yield from links


def _of_list(item: Mapping[str, Any]) -> Link:
    return item.get("value", item)  # with ids, or without


def _read(statement: str, **names: Any) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"own": settings.LANGUAGE_CODE, **names})
        return cursor.fetchone()
