"""What the three formats have in common: how rows of one product find each other, and how a row is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from catalog.importing.columns import Columns
from catalog.importing.drafts import Draft, RowReader
from catalog.importing.errors import CellRefused
from catalog.importing.rows import Row
from catalog.importing.shelves import parse_tags

LONGEST_BRAND = 255


@dataclass
class Frame:
    """What is known of the file as a whole before its rows are read."""

    columns: Columns
    currency: str
    decimal_comma: bool = False
    repeated_images: set[str] = field(default_factory=set)


class Format(Protocol):
    """One way of writing a catalogue down."""

    frame: Frame

    def look_ahead(self, rows: Iterable[Row]) -> None:
        """May look through the rows once, to know what `group_of` needs."""

    def group_of(self, row: Row) -> str | None:
        """The key that the rows of one product share; None for a row that is a product of its own."""

    def identity_of(self, row: Row) -> tuple[str, ...]:
        """What tells a row without a key of its own from all others."""

    def read(self, row: Row) -> Draft: ...


def raw_text(row: Row, columns: Columns, field: str) -> str:
    """The cell as text, without any judgment on it."""
    heading = columns.fields.get(field)
    cell = row.cells.get(heading, "") if heading else ""
    return cell.strip() if isinstance(cell, str) else ""


def read_texts(reader: RowReader, draft: Draft) -> None:
    draft.name = reader.name()
    draft.description = reader.text("description")
    draft.brand = " ".join(reader.text("brand").split())
    draft.seo_title = reader.text("seo_title")
    draft.seo_description = reader.text("seo_description")
    if len(draft.brand) > LONGEST_BRAND:
        reader.remark(reader.columns.fields["brand"], draft.brand, f"more than {LONGEST_BRAND} characters; left out")
        draft.brand = ""


def read_tags(reader: RowReader, draft: Draft) -> None:
    if not reader.columns.has("tags"):
        return
    try:
        draft.tags = parse_tags(reader.cell("tags"))
    except CellRefused as error:
        reader.refuse(reader.columns.fields["tags"], reader.cell("tags"), str(error))


def close_draft(reader: RowReader, draft: Draft) -> Draft:
    draft.faults, draft.remarks = reader.faults, reader.remarks
    return draft
