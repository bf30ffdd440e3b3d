"""What the columns of a file mean: by the vocabulary of its format, by patterns, and by `--map column=field`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from catalog.importing.amounts import is_currency
from catalog.importing.errors import CatalogFileRefused, OptionRefused
from catalog.importing.vocabulary import FIELDS, VOCABULARIES

_OPTION = re.compile(r"option ?([1-9]) ?(name|value)")
_OPTION_FIELD = re.compile(r"option[1-9]:(?:name|value)")
_NUMBERED = re.compile(r"(category|image) ?([0-9]{1,2})(?: (?:src|url|path|name))?")
_PRICED = re.compile(r"(price|compare at price) \(?([a-z]{3})\)?")
_WEIGHT = re.compile(r"weight \((g|kg|lb|lbs|oz)\)")
_CUSTOM = re.compile(r"custom_field\.custom\.(.+)|attributes?[.:](.+)", re.I)
_METAFIELD = re.compile(r".*\(product\.metafields\.([\w-]+)\.([\w-]+)\)", re.I)
_WOO_ATTRIBUTE = re.compile(r"attribute ([0-9]{1,2}) (name|value\(s\)|visible|global|default)")


def normalize_heading(heading: str) -> str:
    """`Compare-At_Price` → `compare at price`."""
    return " ".join(re.sub(r"[_\-]+", " ", heading).casefold().split())


@dataclass(frozen=True)
class Columns:
    """`fields`: heading by field (`price`, `price:USD`, `option1:name`). `ignored`: headings that mean nothing here."""

    format: str
    fields: Mapping[str, str]
    ignored: tuple[str, ...]

    def has(self, field: str) -> bool:
        return field in self.fields

    def qualified(self, field: str) -> list[tuple[str, str]]:
        """(qualifier, heading) of every column of this field: `price` → [("", "Price"), ("USD", "Price USD")]."""
        return self._by_base.get(field, [])

    @cached_property
    def _by_base(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for name, heading in self.fields.items():
            base, _, qualifier = name.partition(":")
            found.setdefault(base, []).append((qualifier, heading))
        return found

    @cached_property
    def option_places(self) -> tuple[int, ...]:
        """The numbers of `option1_name`, `option2_value`, …, in order."""
        return tuple(sorted({int(name[6]) for name in self.fields if _OPTION_FIELD.fullmatch(name)}))


def parse_mapping(texts: Iterable[str]) -> dict[str, str]:
    """`["game=name", "size=option:Size"]` → {column: field}. Raises OptionRefused."""
    mapping: dict[str, str] = {}
    for text in texts:
        column, sign, field = text.rpartition("=")
        if not sign or not column.strip() or not field.strip():
            raise OptionRefused(f"{text!r} is not column=field")
        if column.strip() in mapping:
            raise OptionRefused(f"the column {column.strip()!r} is mapped twice")
        mapping[column.strip()] = _check_field(field.strip())
    return mapping


def _check_field(field: str) -> str:
    base, sign, qualifier = field.partition(":")
    base = base.strip().lower()
    qualifier = qualifier.strip()
    if base not in FIELDS or (sign and not (FIELDS[base] and qualifier)):
        known = ", ".join(f"{name}[:…]" if qualified else name for name, qualified in FIELDS.items())
        raise OptionRefused(f"{field!r} is not a field; there are: {known}")
    if base in {"attribute", "option"} and not qualifier:
        raise OptionRefused(f"{base} needs its name behind a colon, such as {base}:Size")
    if base in {"price", "compare_at_price"} and qualifier:
        qualifier = qualifier.upper()
        if not is_currency(qualifier):
            raise OptionRefused(f"{qualifier} is not a currency")
    return f"{base}:{qualifier}" if qualifier else base


def count_known(headings: tuple[str, ...]) -> int:
    """How many headings mean something in any format."""
    return sum(any(_meaning(heading, format) for format in VOCABULARIES) for heading in headings)


def detect_format(headings: Iterable[str]) -> str:
    """Shopify and WooCommerce are known by columns that only they have; everything else is plain."""
    names = {normalize_heading(heading) for heading in headings}
    shopify = {"variant price", "variant sku", "body (html)", "published on online store", "option1 linked to"}
    if {"handle", "title"} <= names and shopify & names:
        return "shopify"
    if {"url handle", "title"} <= names:
        return "shopify"
    woocommerce = {"type", "parent", "in stock?", "tax status", "attribute 1 name", "visibility in catalog"}
    if {"name", "regular price"} <= names and woocommerce & names:
        return "woocommerce"
    return "plain"


def settle_columns(headings: tuple[str, ...], *, format: str, mapping: Mapping[str, str]) -> Columns:
    """Raises CatalogFileRefused for doubled or missing columns, OptionRefused for a mapping of no column."""
    _refuse_doubles(headings)
    format = detect_format(headings) if format == "auto" else format
    fields = _mapped_fields(headings, mapping)
    left = [heading for heading in headings if heading not in {*fields.values(), *_ignored_by(headings, mapping)}]
    for rank, heading in sorted(_rank(left, format)):
        fields.setdefault(rank.field, heading)
    used = set(fields.values())
    columns = Columns(format, fields, tuple(heading for heading in headings if heading not in used))
    _require(columns, headings)
    return columns


@dataclass(frozen=True, order=True)
class _Rank:
    place: int
    field: str


def _rank(headings: Iterable[str], format: str) -> list[tuple[_Rank, str]]:
    """Where two columns mean the same field, the one named earlier in the vocabulary is taken."""
    return [(_Rank(place, field), heading) for heading in headings for field, place in _meanings(heading, format)]


def _meanings(heading: str, format: str) -> list[tuple[str, int]]:
    meaning = _meaning(heading, format)
    return [meaning] if meaning else []


def _meaning(heading: str, format: str) -> tuple[str, int] | None:
    """The field of a heading, and its place in the order of precedence."""
    name = normalize_heading(heading)
    for field, aliases in VOCABULARIES[format].items():
        if name in aliases:
            return field, aliases.index(name)
    field = _pattern_field(heading, name, format)
    return (field, 0) if field else None


def _pattern_field(heading: str, name: str, format: str) -> str:
    if format == "woocommerce":
        match = _WOO_ATTRIBUTE.fullmatch(name)
        return f"attribute{match[1]}:{match[2].removesuffix('(s)')}" if match else _weight_field(name)
    if match := _OPTION.fullmatch(name):
        return f"option{match[1]}:{match[2]}"
    if match := _METAFIELD.fullmatch(heading):
        return f"attribute:{match[2]}"
    if format == "shopify":
        return ""
    return _plain_pattern_field(heading, name)


def _plain_pattern_field(heading: str, name: str) -> str:
    if match := _NUMBERED.fullmatch(name):
        return f"{match[1]}:{int(match[2]):02d}"
    if (match := _PRICED.fullmatch(name)) and is_currency(match[2].upper()):
        return f"{match[1].replace(' ', '_')}:{match[2].upper()}"
    if match := _CUSTOM.fullmatch(heading):
        return f"attribute:{match[1] or match[2]}"
    return _weight_field(name)


def _weight_field(name: str) -> str:
    match = _WEIGHT.fullmatch(name)
    return f"weight:{match[1]}" if match else ""


def _refuse_doubles(headings: tuple[str, ...]) -> None:
    seen: dict[str, int] = {}
    for place, heading in enumerate(headings, start=1):
        if heading in seen:
            raise CatalogFileRefused(f"the heading {heading!r} stands over columns {seen[heading]} and {place}", line=1)
        seen[heading] = place


def _find_heading(column: str, headings: tuple[str, ...]) -> str:
    if column in headings:
        return column
    alike = [heading for heading in headings if normalize_heading(heading) == normalize_heading(column)]
    if len(alike) != 1:
        raise OptionRefused(f"there is no column {column!r}; the file has: {', '.join(headings)}")
    return alike[0]


def _mapped_fields(headings: tuple[str, ...], mapping: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for column, field in mapping.items():
        heading = _find_heading(column, headings)
        if field == "ignore":
            continue
        if field in fields:
            raise OptionRefused(f"two columns are mapped to {field}: {fields[field]!r} and {heading!r}")
        fields[field] = heading
    return fields


def _ignored_by(headings: tuple[str, ...], mapping: Mapping[str, str]) -> set[str]:
    return {_find_heading(column, headings) for column, field in mapping.items() if field == "ignore"}


def _require(columns: Columns, headings: tuple[str, ...]) -> None:
    needed = {"shopify": ("handle",), "woocommerce": ("name", "sku", "id"), "plain": ("name", "sku", "handle")}
    if not any(columns.has(field) for field in needed[columns.format]):
        raise CatalogFileRefused(
            f"no column is a {' or '.join(needed[columns.format])} ({columns.format} format); the file has: "
            f"{', '.join(headings[:20])}. Name one with --map column=field"
        )
