from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from catalog.importing.amounts import is_unknown
from catalog.importing.errors import CellRefused
from catalog.importing.keys import digest_parts
from catalog.importing.measures import parse_flag
from catalog.importing.records import ProductRecord
from catalog.product.models import Attribute, AttributeValue

LONGEST_CODE = 40
LONGEST_WORD = 80
CHOSEN = {Attribute.Type.CHOICE, Attribute.Type.COLOR}
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")

Pairs = Iterable[tuple[str, str]]


def settle_attributes(*, records: Iterable[ProductRecord]) -> Wording:
    """Every attribute and option that the records name exists afterwards, options with their values.

    An attribute that the shop knows by code or name is taken as it is. New attributes are texts; new options are
    choices that are offered as filters.
    """
    records = list(records)
    wording = Wording()
    wording.make_attributes(_names(records, options=True), is_option=True)
    wording.make_attributes(_names(records, options=False), is_option=False)
    for record in records:
        wording.want_values(record.attributes)
        for variant in record.variants:
            wording.want_values(variant.options)
    wording.make_values()
    return wording


def _names(records: Iterable[ProductRecord], *, options: bool) -> list[str]:
    pairs = (
        pair
        for record in records
        for pair in (
            [pair for variant in record.variants for pair in variant.options] if options else record.attributes
        )
    )
    return list(dict.fromkeys(name for name, _value in pairs))


class Wording:
    """The shop's attributes, to say in its own words what a file says."""

    def __init__(self) -> None:
        self._attributes: dict[str, Attribute] = {}
        self._values: dict[str, dict[str, str]] = {}
        self._taken: dict[str, set[str]] = {}
        self._missing: list[AttributeValue] = []
        for attribute in Attribute.objects.prefetch_related("values"):
            self._keep(attribute)
            for value in attribute.values.all():
                self._keep_value(attribute, value.value, value.label)

    def describe(self, pairs: Pairs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """{code: value} as the product holds it, and the pairs that do not fit their attribute."""
        described: dict[str, Any] = {}
        unfit = []
        for name, text in pairs:
            attribute = self._attributes[_plain(name)]
            value = self._value(attribute, text)
            if value is None:
                unfit.append((name, text))
            else:
                described[attribute.code] = value
        return described, unfit

    def make_attributes(self, names: Iterable[str], *, is_option: bool) -> None:
        made = []
        codes = {attribute.code for attribute in self._attributes.values()}
        for name in names:
            if _plain(name) in self._attributes:
                continue
            code = _code(name, codes)
            codes.add(code)
            kind = Attribute.Type.CHOICE if is_option else Attribute.Type.TEXT
            shown = name[:LONGEST_WORD]
            attribute = Attribute(code=code, name=shown, type=kind, is_option=is_option, is_filterable=is_option)
            self._keep(attribute)
            self._attributes[_plain(name)] = attribute
            made.append(attribute)
        Attribute.objects.bulk_create(made)

    def want_values(self, pairs: Pairs) -> None:
        for name, text in pairs:
            attribute = self._attributes[_plain(name)]
            known = self._values[attribute.code]
            if attribute.type in CHOSEN and _plain(text) not in known and len(text) <= LONGEST_WORD:
                word = self._free_word(attribute, text)
                self._keep_value(attribute, word, text)
                self._missing.append(AttributeValue(attribute=attribute, value=word, label=text, sort_order=len(known)))

    def make_values(self) -> None:
        AttributeValue.objects.bulk_create(self._missing)
        self._missing = []

    def _keep(self, attribute: Attribute) -> None:
        self._attributes.setdefault(_plain(attribute.code), attribute)
        self._attributes.setdefault(_plain(attribute.name), attribute)
        self._values.setdefault(attribute.code, {})
        self._taken.setdefault(attribute.code, set())

    def _keep_value(self, attribute: Attribute, value: str, label: str) -> None:
        self._values[attribute.code].setdefault(_plain(label), value)
        self._values[attribute.code].setdefault(_plain(value), value)
        self._taken[attribute.code].add(value)

    def _free_word(self, attribute: Attribute, text: str) -> str:
        word = slugify(text) or slugify(text, allow_unicode=True)
        clash = not word or word in self._taken[attribute.code]
        return f"{word}-{digest_parts(text)[:6].lower()}".strip("-") if clash else word

    def _value(self, attribute: Attribute, text: str) -> Any:
        if attribute.type in CHOSEN:
            return self._values[attribute.code].get(_plain(text))
        if attribute.type == Attribute.Type.NUMBER:
            return text if _NUMBER.fullmatch(text) else None
        if attribute.type == Attribute.Type.BOOLEAN:
            return _flag(text)
        return text


def _flag(text: str) -> bool | None:
    try:
        return None if is_unknown(text) else parse_flag(text)
    except CellRefused:
        return None


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").split()).casefold()


def _code(name: str, taken: set[str]) -> str:
    """`Room coverage` → `room_coverage`; a name without ASCII letters gets a made one."""
    code = slugify(name).replace("-", "_").lstrip("0123456789_")[:LONGEST_CODE].rstrip("_")
    if code and code not in taken:
        return code
    return f"{code[:28] or 'a'}_{digest_parts(name)[:10].lower()}"
