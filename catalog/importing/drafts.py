"""One row of a catalogue file, read: what it says of its product and of a variant, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from catalog.importing.amounts import is_unknown, parse_amount, parse_currency
from catalog.importing.columns import Columns
from catalog.importing.errors import CellRefused
from catalog.importing.images import name_image
from catalog.importing.records import ImageReference, Refusal, Remark, shorten
from catalog.importing.rows import Cell, Row, check_cells

Value = TypeVar("Value")

LONGEST_NAME = 255
LONGEST_SKU = 64
_MISSING_NAMES = frozenset({"NA", "N/A", "#N/A"})
_NUMBER_DAMAGED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+", re.I)
_SEVERAL_IMAGES = re.compile(r"\s*[|\n]\s*|\s*,\s*(?=https?://)|\s+(?=https?://)")


@dataclass(slots=True)
class Draft:
    """`role`: "any" row may tell of a product and a variant; "parent" only of the product; "variation" only of a
    variant. Amounts are minor units by currency; a price of 0 is still among them."""

    line: int
    role: str = "any"
    handle: str = ""
    name: str = ""
    description: str = ""
    description_is_html: bool = False
    brand: str = ""
    seo_title: str = ""
    seo_description: str = ""
    published: bool | None = None
    category_paths: list[tuple[str, ...]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    images: list[ImageReference] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    sku: str = ""
    sku_made: bool = False
    identity: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    prices: dict[str, int] = field(default_factory=dict)
    compare_at: dict[str, int] = field(default_factory=dict)
    stock: int | None = None
    max_per_order: int | None = None
    variant_images: list[ImageReference] = field(default_factory=list)
    weight_grams: int | None = None
    barcode: str = ""
    faults: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def tells_of_variant(self) -> bool:
        return self.role != "parent" and bool(self.sku or self.prices or self.options or self.stock is not None)


class RowReader:
    """Reads the cells of one row by field, and collects what is wrong with them."""

    def __init__(self, row: Row, columns: Columns):
        self.row = row
        self.columns = columns
        self.faults: list[Refusal] = check_cells(row)
        self.remarks: list[Remark] = []

    def cell(self, field: str) -> Cell:
        heading = self.columns.fields.get(field)
        return self.row.cells.get(heading, "") if heading else ""

    def text(self, field: str) -> str:
        heading = self.columns.fields.get(field)
        return self.text_under(heading) if heading else ""

    def text_under(self, heading: str) -> str:
        cell = self.row.cells.get(heading, "")
        if not isinstance(cell, str):
            self.refuse(heading, cell, "a list or an object where a text is expected")
            return ""
        return unicodedata.normalize("NFC", cell.strip()) if cell else ""

    def refuse(self, heading: str, value: object, reason: str) -> None:
        shown = shorten(value) if isinstance(value, str | int) else ""
        self.faults.append(Refusal(self.row.line, shorten(heading), shown, reason))

    def remark(self, heading: str, value: object, reason: str) -> None:
        self.remarks.append(Remark(self.row.line, shorten(heading), shorten(value), reason))

    def parse(self, field: str, parser: Callable[[str], Value], *, lenient: bool = False) -> Value | None:
        """None where the cell is empty. What the parser refuses is a fault, or, if lenient, left out with a remark."""
        text = self.text(field)
        if is_unknown(text):
            return None
        try:
            return parser(text)
        except CellRefused as error:
            note = self.remark if lenient else self.refuse
            note(self.columns.fields[field], text, f"{error}; left out" if lenient else str(error))
            return None

    def name(self) -> str:
        text = " ".join(self.text("name").split())
        if len(text) > LONGEST_NAME:
            self.refuse(self.columns.fields["name"], text, f"a name of more than {LONGEST_NAME} characters")
        if text in _MISSING_NAMES:
            self.refuse(self.columns.fields["name"], text, "the name is missing")
        return text

    def sku(self) -> str:
        text = self.text("sku")
        if len(text) > LONGEST_SKU:
            self.refuse(self.columns.fields["sku"], text, f"a SKU of more than {LONGEST_SKU} characters")
        if _NUMBER_DAMAGED.fullmatch(text):
            self.refuse(self.columns.fields["sku"], text, "a number that a spreadsheet has shortened")
        return text

    def handle(self) -> str:
        text = self.text("handle")
        if text and (len(text) > LONGEST_NAME or not re.fullmatch(r"[-\w]+", text)):
            self.refuse(self.columns.fields["handle"], text, "not a handle: letters, digits, - and _ only")
        return text

    def currency(self, assumed: str) -> str:
        return self.parse("currency", parse_currency) or assumed

    def amounts(self, field: str, currency: str, *, decimal_comma: bool) -> dict[str, int]:
        """Minor units by currency, of every column of this field that is not empty."""
        found: dict[str, int] = {}
        for qualifier, heading in self.columns.qualified(field):
            text = self.text_under(heading)
            if is_unknown(text):
                continue
            try:
                found[qualifier or currency] = parse_amount(text, qualifier or currency, decimal_comma=decimal_comma)
            except CellRefused as error:
                self.refuse(heading, text, str(error))
        return found

    def images(self, field: str, alt: str = "") -> list[ImageReference]:
        found = []
        for _, heading in sorted(self.columns.qualified(field)):
            cell = self.row.cells.get(heading, "")
            addresses = cell if isinstance(cell, list) else _SEVERAL_IMAGES.split(self.text_under(heading))
            found += [image for address in addresses if address and (image := self.image(heading, address, alt))]
        return found

    def image(self, heading: str, address: object, alt: str = "") -> ImageReference | None:
        try:
            if not isinstance(address, str):
                raise CellRefused("not the address of a picture")
            return ImageReference(name_image(address.strip()), address.strip(), alt[:255])
        except CellRefused as error:
            self.refuse(heading, address, str(error))
            return None
