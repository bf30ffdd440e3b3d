"""Plain files: one row a product, or several rows that share a handle or SKU (as Spree writes them)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalog.importing.drafts import Draft, RowReader
from catalog.importing.errors import CellRefused
from catalog.importing.formats import Frame, close_draft, raw_text, read_tags, read_texts
from catalog.importing.measures import parse_barcode, parse_flag, parse_most, parse_stock, parse_weight
from catalog.importing.rows import Cell, Row
from catalog.importing.shelves import parse_paths

_MARKUP = re.compile(r"</?(?:p|br|ul|ol|li|div|span|strong|b|em|i|h[1-6]|table|a|img)\b[^>]*>", re.I)


class PlainFormat:
    """See `Format`."""

    def __init__(self, frame: Frame):
        self.frame = frame

    def look_ahead(self, rows: Iterable[Row]) -> None:
        """Nothing to know beforehand."""

    def group_of(self, row: Row) -> str | None:
        base = row.parent or row
        if handle := raw_text(base, self.frame.columns, "handle"):
            return f"handle:{handle}"
        sku = raw_text(base, self.frame.columns, "sku")
        return f"sku:{sku}" if sku else None

    def identity_of(self, row: Row) -> tuple[str, ...]:
        """The picture's address, if only this row has it; else everything that a person would tell rows apart by."""
        image = self._image_address(row)
        if image and image not in self.frame.repeated_images:
            return ("image", image)
        parts = (raw_text(row, self.frame.columns, field) for field in ("name", "brand", "release_date"))
        return ("row", *parts, image)

    def _image_address(self, row: Row) -> str:
        heading = next((heading for _, heading in self.frame.columns.qualified("image")), "")
        cell = row.cells.get(heading, "")
        first = next(iter(cell), "") if isinstance(cell, list) else cell
        return first.strip() if isinstance(first, str) else ""

    def read(self, row: Row) -> Draft:
        reader = RowReader(row, self.frame.columns)
        draft = Draft(row.line)
        if reader.faults:
            return close_draft(reader, draft)
        if row.parent is None:
            self._read_product(reader, draft)
        if reader.cell("variants"):
            self._check_nested(reader, draft)
        else:
            self._read_variant(reader, draft)
        self._place_images(reader, draft)
        return close_draft(reader, draft)

    def _check_nested(self, reader: RowReader, draft: Draft) -> None:
        draft.role = "parent"
        cell = reader.cell("variants")
        if not isinstance(cell, list) or not all(isinstance(part, dict) for part in cell):
            reader.refuse(reader.columns.fields["variants"], cell, "not a list of objects")

    def _read_product(self, reader: RowReader, draft: Draft) -> None:
        draft.handle = reader.handle()
        read_texts(reader, draft)
        draft.description_is_html = bool(_MARKUP.search(draft.description))
        draft.published = reader.parse("status", parse_flag)
        read_tags(reader, draft)
        self._read_categories(reader, draft)
        self._read_attributes(reader, draft)
        self._read_translations(reader, draft)

    def _read_variant(self, reader: RowReader, draft: Draft) -> None:
        currency = reader.currency(self.frame.currency)
        comma = self.frame.decimal_comma
        draft.sku = reader.sku()
        draft.prices = reader.amounts("price", currency, decimal_comma=comma)
        draft.compare_at = reader.amounts("compare_at_price", currency, decimal_comma=comma)
        draft.stock = reader.parse("stock", parse_stock)
        draft.max_per_order = reader.parse("max_per_order", parse_most)
        draft.barcode = reader.parse("barcode", parse_barcode, lenient=True) or ""
        draft.options = read_options(reader)
        read_weight(reader, draft)

    def _read_categories(self, reader: RowReader, draft: Draft) -> None:
        for _, heading in sorted(reader.columns.qualified("category")):
            cell = reader.row.cells.get(heading, "")
            try:
                draft.category_paths += parse_paths(cell)
            except CellRefused as error:
                reader.refuse(heading, cell, str(error))

    def _read_attributes(self, reader: RowReader, draft: Draft) -> None:
        for name, heading in reader.columns.qualified("attribute"):
            if text := reader.text_under(heading):
                draft.attributes[name] = text
        draft.attributes |= read_pairs(reader, "attributes")

    def _read_translations(self, reader: RowReader, draft: Draft) -> None:
        for field in ("name", "description", "seo_title", "seo_description"):
            for locale, heading in reader.columns.qualified(field):
                if locale and (text := reader.text_under(heading)):
                    draft.texts.setdefault(locale, {})[field] = text

    def _place_images(self, reader: RowReader, draft: Draft) -> None:
        """A row with options shows that variant; a row with a name shows the product."""
        images = reader.images("image", reader.text("image_alt"))
        if draft.name or not draft.options:
            draft.images = images
        draft.variant_images = reader.images("variant_image") or (images if draft.options else [])


def expand_variants(row: Row, heading: str | None) -> list[Row]:
    """A JSON object with a list of variants, as the rows that a table would have for it."""
    cell = row.cells.get(heading, "") if heading else ""
    if not isinstance(cell, list):
        return [row]
    return [row, *(Row(row.line, part, parent=row) for part in cell if isinstance(part, dict))]


def read_options(reader: RowReader) -> tuple[tuple[str, str], ...]:
    """From `option1_name`/`option1_value`, from columns mapped to `option:Size`, or from a JSON object."""
    options: dict[str, str] = {}
    for place in reader.columns.option_places:
        name, value = reader.text(f"option{place}:name"), reader.text(f"option{place}:value")
        if value and not name:
            reader.refuse(reader.columns.fields[f"option{place}:value"], value, "an option value without its name")
        elif value:
            options[name] = value
    options |= {
        name: text for name, heading in reader.columns.qualified("option") if (text := reader.text_under(heading))
    }
    return tuple((options | read_pairs(reader, "options")).items())


def read_pairs(reader: RowReader, field: str) -> dict[str, str]:
    """A JSON object of texts."""
    cell: Cell = reader.cell(field)
    if not cell:
        return {}
    if not isinstance(cell, dict) or not all(isinstance(value, str) for value in cell.values()):
        reader.refuse(reader.columns.fields[field], cell, "not an object of texts")
        return {}
    return {name.strip(): value.strip() for name, value in cell.items() if name.strip() and value.strip()}


def read_weight(reader: RowReader, draft: Draft) -> None:
    for unit, heading in reader.columns.qualified("weight"):
        text = reader.text_under(heading)
        try:
            draft.weight_grams = parse_weight(text, unit or reader.text("weight_unit")) if text else draft.weight_grams
        except CellRefused as error:
            reader.remark(heading, text, f"{error}; left out")
