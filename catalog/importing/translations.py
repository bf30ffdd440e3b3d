"""A file of product texts in other languages: one row per product and language, found by the product's handle."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from catalog.importing.columns import Columns, normalize_heading
from catalog.importing.drafts import RowReader
from catalog.importing.errors import CatalogFileRefused
from catalog.importing.records import Refusal, Translation
from catalog.importing.rows import Row
from catalog.importing.sources import open_source

_ALIASES = {
    "handle": ("handle", "slug", "url handle"),
    "locale": ("locale", "language", "lang"),
    "name": ("name", "title"),
    "description": ("description", "body (html)"),
    "seo_title": ("meta title", "seo title"),
    "seo_description": ("meta description", "seo description"),
}
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


@dataclass
class Translations:
    """Texts by handle and locale (`de`, `pt-br`), and the rows that were refused."""

    by_handle: dict[str, dict[str, Translation]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


def read_translations(path: Path) -> Translations:
    """Raises CatalogFileRefused for a file that cannot be read or has no handle and locale columns."""
    source = open_source(path, count_known=lambda headings: len(_find_fields(headings)))
    columns = Columns("translations", _find_fields(source.headings), ())
    if not {"handle", "locale"} <= set(columns.fields):
        raise CatalogFileRefused("translations need a column for the handle (slug) and one for the locale")
    found = Translations()
    for row in source.rows():
        if isinstance(row, Refusal):
            found.refusals.append(row)
        else:
            _take_row(row, columns, found)
    return found


def _find_fields(headings: tuple[str, ...]) -> dict[str, str]:
    by_name = {normalize_heading(heading): heading for heading in reversed(headings)}
    found = {}
    for field_name, aliases in _ALIASES.items():
        heading = next((by_name[alias] for alias in aliases if alias in by_name), None)
        if heading:
            found[field_name] = heading
    return found


def _take_row(row: Row, columns: Columns, found: Translations) -> None:
    reader = RowReader(row, columns)
    handle, locale = reader.handle(), reader.text("locale").replace("_", "-").lower()
    if not handle:
        reader.refuse(columns.fields["handle"], "", "the handle is missing")
    if not _LOCALE.fullmatch(locale):
        reader.refuse(columns.fields["locale"], locale, "not a language such as hi or pt-br")
    if locale in found.by_handle.get(handle, {}):
        reader.refuse(columns.fields["locale"], locale, f"a second {locale} translation of {handle}")
    translation = Translation(
        name=reader.name() or None if columns.has("name") else None,
        description=reader.text("description") if columns.has("description") else None,
        seo_title=reader.text("seo_title") if columns.has("seo_title") else None,
        seo_description=reader.text("seo_description") if columns.has("seo_description") else None,
    )
    if reader.faults:
        found.refusals += reader.faults
    else:
        found.by_handle.setdefault(handle, {})[locale] = translation
