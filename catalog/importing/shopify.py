"""Shopify's product CSV, with its old headings (`Variant SKU`) and its new ones (`SKU`).

Rows share a handle. The first carries the product and its first variant, the next ones a variant, a picture, or both.
https://help.shopify.com/en/manual/products/import-export/using-csv
"""

from __future__ import annotations

from collections.abc import Iterable

from catalog.importing.drafts import Draft, RowReader
from catalog.importing.formats import Frame, close_draft, raw_text, read_tags, read_texts
from catalog.importing.measures import parse_barcode, parse_flag, parse_stock
from catalog.importing.plain import read_weight
from catalog.importing.rows import Row
from catalog.importing.shelves import parse_paths

NO_OPTION = ("Title", "Default Title")


class ShopifyFormat:
    """See `Format`. Option names stand on a product's first row only, so they are remembered for the rows after it."""

    def __init__(self, frame: Frame):
        self.frame = frame
        self._names_of = ""
        self._option_names: dict[int, str] = {}

    def look_ahead(self, rows: Iterable[Row]) -> None:
        """Nothing to know beforehand."""

    def group_of(self, row: Row) -> str | None:
        handle = raw_text(row, self.frame.columns, "handle")
        return f"handle:{handle}" if handle else None

    def identity_of(self, row: Row) -> tuple[str, ...]:
        return ("row", raw_text(row, self.frame.columns, "name"), raw_text(row, self.frame.columns, "sku"))

    def read(self, row: Row) -> Draft:
        reader = RowReader(row, self.frame.columns)
        draft = Draft(row.line, description_is_html=True)
        if reader.faults:
            return close_draft(reader, draft)
        self._read_product(reader, draft)
        self._read_variant(reader, draft)
        draft.images = reader.images("image", reader.text("image_alt"))
        draft.variant_images = reader.images("variant_image")
        return close_draft(reader, draft)

    def _read_product(self, reader: RowReader, draft: Draft) -> None:
        draft.handle = reader.handle()
        if not draft.handle:
            reader.refuse(reader.columns.fields["handle"], "", "the handle is missing")
        read_texts(reader, draft)
        draft.published = self._published(reader)
        read_tags(reader, draft)
        kind = reader.text("category") or reader.text("type")
        draft.category_paths = (reader.parse("category", parse_paths) or [(kind,)]) if kind else []
        for name, heading in reader.columns.qualified("attribute"):
            if text := reader.text_under(heading):
                draft.attributes[name] = text
        if reader.text("gift_card").lower() == "true":
            reader.refuse(reader.columns.fields["gift_card"], "TRUE", "gift cards cannot be imported")

    def _published(self, reader: RowReader) -> bool | None:
        flags = [reader.parse(field, parse_flag) for field in ("status", "published")]
        told = [flag for flag in flags if flag is not None]
        return all(told) if told else None

    def _read_variant(self, reader: RowReader, draft: Draft) -> None:
        currency, comma = self.frame.currency, self.frame.decimal_comma
        draft.sku = reader.sku()
        draft.prices = reader.amounts("price", currency, decimal_comma=comma)
        draft.compare_at = reader.amounts("compare_at_price", currency, decimal_comma=comma)
        draft.stock = reader.parse("stock", parse_stock)
        draft.barcode = reader.parse("barcode", parse_barcode, lenient=True) or ""
        draft.options = self._options(reader, draft)
        read_weight(reader, draft)

    def _options(self, reader: RowReader, draft: Draft) -> tuple[tuple[str, str], ...]:
        if draft.handle != self._names_of:
            self._names_of, self._option_names = draft.handle, {}
        options = []
        for place in reader.columns.option_places:
            if name := reader.text(f"option{place}:name"):
                self._option_names[place] = name
            value = reader.text(f"option{place}:value")
            if value and place not in self._option_names:
                heading = reader.columns.fields[f"option{place}:value"]
                reader.refuse(heading, value, "an option value without its name")
            elif value:
                options.append((self._option_names[place], value))
        return () if options == [NO_OPTION] else tuple(options)
