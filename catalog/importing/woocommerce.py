"""WooCommerce's product CSV: simple products, and variable ones whose variations name them in `Parent`.

https://github.com/woocommerce/woocommerce/wiki/Product-CSV-Import-Schema
"""

from __future__ import annotations

from collections.abc import Iterable

from catalog.importing.drafts import Draft, RowReader
from catalog.importing.errors import CellRefused
from catalog.importing.formats import Frame, close_draft, raw_text, read_texts
from catalog.importing.measures import parse_barcode, parse_stock
from catalog.importing.plain import read_weight
from catalog.importing.rows import Row
from catalog.importing.shelves import parse_paths, split_escaped

MOST_ATTRIBUTES = 40
_PUBLISHED = {"1": True, "0": False, "-1": False, "2": False}


class WooCommerceFormat:
    """See `Format`. A parent is named by SKU or as `id:44`, and may stand after its variations."""

    def __init__(self, frame: Frame):
        self.frame = frame
        self._parents: dict[str, str] = {}

    def look_ahead(self, rows: Iterable[Row]) -> None:
        for row in rows:
            key = self._own_key(row)
            if key and "variable" in self._types(row):
                names = (f"id:{self._raw(row, 'id')}", self._raw(row, "sku"))
                self._parents |= {name: key for name in names if name not in {"id:", ""}}

    def group_of(self, row: Row) -> str | None:
        if "variation" in self._types(row):
            parent = self._raw(row, "parent")
            return self._parents.get(parent, f"missing:{parent}")
        return self._own_key(row) or None

    def identity_of(self, row: Row) -> tuple[str, ...]:
        return ("row", self._raw(row, "name"))

    def read(self, row: Row) -> Draft:
        reader = RowReader(row, self.frame.columns)
        draft = Draft(row.line, description_is_html=True)
        if reader.faults:
            return close_draft(reader, draft)
        types = self._types(row)
        draft.role = "parent" if "variable" in types else "variation" if "variation" in types else "any"
        self._check_type(reader, draft, types)
        if draft.role != "variation":
            self._read_product(reader, draft)
        if draft.role != "parent":
            self._read_variant(reader, draft)
        return close_draft(reader, draft)

    def _check_type(self, reader: RowReader, draft: Draft, types: set[str]) -> None:
        unknown = types - {"simple", "variable", "variation", "virtual", "downloadable"}
        if unknown:
            reader.refuse(reader.columns.fields["type"], ", ".join(sorted(unknown)), "a type that cannot be imported")
        if draft.role == "variation" and self._raw(reader.row, "parent") not in self._parents:
            heading = reader.columns.fields.get("parent", "Parent")
            reader.refuse(heading, self._raw(reader.row, "parent"), "the parent of this variation is not in the file")

    def _read_product(self, reader: RowReader, draft: Draft) -> None:
        read_texts(reader, draft)
        draft.description = unescape_formula(draft.description or reader.text("short_description"))
        draft.name = unescape_formula(draft.name)
        draft.published = reader.parse("published", _parse_published)
        if reader.text("visibility").lower() == "hidden":
            draft.published = False
        draft.tags = split_escaped(reader.text("tags"))
        draft.category_paths = reader.parse("category", _parse_categories) or []
        draft.images = self._images(reader)
        if draft.role == "any":
            draft.attributes = dict(self._attributes(reader))

    def _read_variant(self, reader: RowReader, draft: Draft) -> None:
        draft.sku = reader.sku()
        draft.identity = ("id", reader.text("id")) if reader.text("id") else ()
        self._read_prices(reader, draft)
        if reader.text("stock").lower() != "parent":
            draft.stock = reader.parse("stock", parse_stock)
        draft.barcode = reader.parse("barcode", parse_barcode, lenient=True) or ""
        read_weight(reader, draft)
        if draft.role == "variation":
            draft.options = tuple(self._attributes(reader))
            draft.variant_images = self._images(reader)

    def _read_prices(self, reader: RowReader, draft: Draft) -> None:
        """The regular price, or the sale price compared with it. A sale between two dates is left out."""
        currency, comma = self.frame.currency, self.frame.decimal_comma
        regular = reader.amounts("price", currency, decimal_comma=comma)
        sale = reader.amounts("sale_price", currency, decimal_comma=comma)
        if sale and (reader.text("sale_starts") or reader.text("sale_ends")):
            heading = reader.columns.fields["sale_price"]
            reader.remark(heading, reader.text("sale_price"), "a sale between dates; the regular price is taken")
            sale = {}
        draft.prices, draft.compare_at = (sale, regular) if sale else (regular, {})

    def _attributes(self, reader: RowReader) -> list[tuple[str, str]]:
        found = []
        for place in range(1, MOST_ATTRIBUTES + 1):
            name = unescape_formula(reader.text(f"attribute{place}:name"))
            value = unescape_formula(reader.text(f"attribute{place}:value")).replace("\\,", ",")
            if name and value:
                found.append((name, value))
            elif name and "variation" in self._types(reader.row):
                heading = reader.columns.fields[f"attribute{place}:name"]
                reader.remark(heading, name, "open for the buyer to choose; not an option here")
        return found

    def _images(self, reader: RowReader) -> list:
        heading = reader.columns.fields.get("image", "")
        addresses = split_escaped(reader.text("image"))
        return [image for address in addresses if (image := reader.image(heading, address))]

    def _own_key(self, row: Row) -> str:
        number = self._raw(row, "id")
        sku = self._raw(row, "sku")
        return f"id:{number}" if number else f"sku:{sku}" if sku else ""

    def _types(self, row: Row) -> set[str]:
        return {part.strip().lower() for part in self._raw(row, "type").split(",") if part.strip()}

    def _raw(self, row: Row, field: str) -> str:
        return raw_text(row, self.frame.columns, field)


def unescape_formula(text: str) -> str:
    """WooCommerce puts an apostrophe before cells that a spreadsheet would run as a formula."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def _parse_published(text: str) -> bool:
    if text not in _PUBLISHED:
        raise CellRefused("not one of 1 (published), 0 (private), -1 (draft), 2 (pending)")
    return _PUBLISHED[text]


def _parse_categories(text: str) -> list[tuple[str, ...]]:
    return [path for part in split_escaped(text) for path in parse_paths(part)]
