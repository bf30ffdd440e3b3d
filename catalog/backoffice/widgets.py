"""Attributes and options are JSON in the database; here each is a field of its own, after the attribute's type."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.product.models import Attribute


class AttributeFields(forms.Widget):
    """One small field per attribute. `attributes` is set by the form, so that a page reads them once."""

    template = "catalog/backoffice/attribute_fields.html"
    several = True  # a choice may have several values

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.attributes: Iterable[Attribute] = ()

    def value_from_datadict(self, data, files, name: str) -> str:
        return json.dumps(self._read(data, name), ensure_ascii=False)

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return f"{name}-codes" not in data

    def id_for_label(self, id_: str) -> str:
        return ""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        values = _as_mapping(value)
        fields = [self._field(attribute, name, values.get(attribute.code)) for attribute in self.attributes]
        known = {attribute.code for attribute in self.attributes}
        fields += [_text(name, code, code, value) for code, value in values.items() if code not in known]
        return render_to_string(self.template, {"name": name, "fields": fields, "id": (attrs or {}).get("id", name)})

    def _read(self, data, name: str) -> dict[str, Any]:
        types = {attribute.code: attribute.type for attribute in self.attributes}
        read = {}
        for code in data.getlist(f"{name}-codes"):
            given = [entry.strip() for entry in data.getlist(f"{name}-{code}") if entry.strip()]
            if given:
                read[code] = self._typed(types.get(code, Attribute.Type.TEXT), given)
        return read

    def _typed(self, kind: str, given: list[str]) -> Any:
        if kind in (Attribute.Type.CHOICE, Attribute.Type.COLOR):
            return given if self.several else given[0]
        if kind == Attribute.Type.BOOLEAN:
            return given[0] == "true"
        return _number(given[0]) if kind == Attribute.Type.NUMBER else given[0]

    def _field(self, attribute: Attribute, name: str, value: Any) -> dict[str, Any]:
        if attribute.type == Attribute.Type.BOOLEAN:
            return _yes_or_no(attribute, name, value)
        if attribute.type in (Attribute.Type.CHOICE, Attribute.Type.COLOR) and attribute.values.all():
            return _choice(attribute, name, value, several=self.several)
        field = _text(name, attribute.code, attribute.name, value)
        return field | {"unit": attribute.unit, "numeric": attribute.type == Attribute.Type.NUMBER}


class OptionFields(AttributeFields):
    """The options of one variant: exactly one value of each."""

    several = False


def _as_mapping(value: Any) -> dict[str, Any]:
    try:
        decoded = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _number(text: str) -> Any:
    """A number where it is one; else the text, which the form refuses by name."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _text(name: str, code: str, label: str, value: Any) -> dict[str, Any]:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else value
    return {"kind": "text", "name": f"{name}-{code}", "code": code, "label": label, "value": shown}


def _yes_or_no(attribute: Attribute, name: str, value: Any) -> dict[str, Any]:
    chosen = {True: "true", False: "false"}.get(value, "")
    options = [("", "–"), ("true", _("Yes")), ("false", _("No"))]
    return _select(attribute, name, [(key, label, "", key == chosen) for key, label in options])


def _choice(attribute: Attribute, name: str, value: Any, *, several: bool) -> dict[str, Any]:
    chosen = [str(entry) for entry in (value if isinstance(value, list) else [value]) if entry not in (None, "")]
    known = [(entry.value, entry.label, entry.swatch, entry.value in chosen) for entry in attribute.values.all()]
    kept = {entry[0] for entry in known}
    known += [(entry, entry, "", True) for entry in chosen if entry not in kept]
    if several:
        return _select(attribute, name, known) | {"kind": "checkboxes"}
    return _select(attribute, name, [("", "–", "", not chosen), *known])


def _select(attribute: Attribute, name: str, options: list[tuple[str, str, str, bool]]) -> dict[str, Any]:
    keys = ("value", "label", "swatch", "chosen")
    return {
        "kind": "select",
        "name": f"{name}-{attribute.code}",
        "code": attribute.code,
        "label": attribute.name,
        "options": [dict(zip(keys, option, strict=True)) for option in options],
    }
