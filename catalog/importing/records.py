"""What reading a catalogue file yields: whole products, named refusals, and remarks on what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SHOWN_VALUE = 60


def shorten(value: object) -> str:
    """A cell as it can stand in a report: one line, at most 60 characters."""
    text = " ".join(str(value).split())
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= SHOWN_VALUE else text[: SHOWN_VALUE - 1] + "…"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the product that this cell belongs to is not imported. `line` counts from 1 and includes the header."""

    line: int
    column: str
    value: str
    reason: str
    product: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        shown = f" ({self.value})" if self.value else ""
        return f"{where}: {self.reason}{shown}"


@dataclass(frozen=True, slots=True)
class Remark(Refusal):
    """Something that was left out or taken in a particular way; the product itself is imported."""


@dataclass(frozen=True, slots=True)
class ImageReference:
    """A picture that a product names. `name` is a path inside of the folder of pictures."""

    name: str
    address: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """Texts of a product in one language; None where the file says nothing."""

    name: str | None = None
    description: str | None = None
    seo_title: str | None = None
    seo_description: str | None = None


@dataclass(frozen=True, slots=True)
class VariantRecord:
    """One variant. Amounts are integers of minor units (paise for INR), by currency; no price means not for sale."""

    sku: str
    sku_made: bool
    options: tuple[tuple[str, str], ...]
    prices: Mapping[str, int]
    compare_at: Mapping[str, int]
    stock: int | None
    max_per_order: int | None  # None: the file says nothing of it
    images: tuple[ImageReference, ...]
    weight_grams: int | None
    barcode: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """One product with all of its variants: the unit that is imported as a whole or not at all.

    `fields` names what the file has columns for: a field that is not among them is left alone, one that is among
    them and empty is emptied. `handle_made` tells a handle that was made from the name, which an existing product
    does not take over. `name` is None in a file without names, which can only change what is there.
    """

    key: str
    handle: str
    handle_made: bool
    name: str | None
    description: str
    description_is_html: bool
    brand: str
    category_paths: tuple[tuple[str, ...], ...]
    tags: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]
    variants: tuple[VariantRecord, ...]
    images: tuple[ImageReference, ...]
    translations: Mapping[str, Translation]
    seo_title: str
    seo_description: str
    published: bool
    fields: frozenset[str]
    lines: tuple[int, ...]
    remarks: tuple[Remark, ...] = field(default=())


Outcome = ProductRecord | Refusal
