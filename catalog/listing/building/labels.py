"""What attributes and their values are called, and how they read as a filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from catalog.product.models import Attribute, AttributeValue

MAX_FACET = 130


def name_of(attribute: Attribute, locale: str) -> str:
    return attribute.names.get(locale) or attribute.name


def value_of(attribute: Attribute, value: Any) -> AttributeValue | None:
    return attribute.known_values.get(str(value))


def label_of(attribute: Attribute, value: Any, locale: str) -> str:
    if isinstance(value, Mapping):
        return said(value, locale)
    known = value_of(attribute, value)
    if known is None:
        return str(value)
    return known.labels.get(locale) or known.label


def said(value: Any, locale: str) -> Any:
    """A text that is kept per language (`{"en": …, "hi": …}`) in this one; any other value as it is."""
    if not isinstance(value, Mapping):
        return value
    return value.get(locale) or value.get(settings.LANGUAGE_CODE) or next(iter(value.values()), "")


def as_list(value: Any) -> list[Any]:
    """Several values of one attribute; nothing for an empty one."""
    if value in (None, "", []):
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def plain(value: Any) -> str:
    """`true`, `12.5`, `indigo`: as it stands in an address."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def facets_of(attributes: Mapping[str, Attribute], values: Iterable[Mapping[str, Any]]) -> list[str]:
    """`color=indigo` for each value of the product and of its variants that is offered as a filter."""
    tokens = {
        f"{code}={plain(value)}"
        for described in values
        for code, given in described.items()
        if code in attributes and attributes[code].is_filterable
        for value in as_list(given)
    }
    return sorted(token for token in tokens if len(token) <= MAX_FACET)


def attribute_rows(attributes: Mapping[str, Attribute], values: Mapping[str, Any], locale: str) -> list[dict]:
    """A product's attributes in their order, named and worded for people."""
    return [
        {
            "code": code,
            "name": name_of(attribute, locale),
            "value": said(values[code], locale),
            "value_text": _text(attribute, as_list(values[code]), locale),
            "unit": attribute.unit,
        }
        for code, attribute in attributes.items()
        if as_list(values.get(code))
    ]


YES_NO = {"en": ("Yes", "No"), "hi": ("हाँ", "नहीं")}


def yes_no(locale: str) -> tuple[str, str]:
    return YES_NO.get(locale, YES_NO["en"])


def _text(attribute: Attribute, values: list[Any], locale: str) -> str:
    if attribute.type == Attribute.Type.BOOLEAN:
        yes, no = yes_no(locale)
        return yes if values[0] in (True, "true") else no
    words = ", ".join(label_of(attribute, value, locale) for value in values)
    return f"{words} {attribute.unit}".strip()
