"""JSON is taken at its word: a number is no text, `"1"` is no number, `1` is no truth. Named by field, for every view.

REST framework's fields convert where they can, which hides mistakes of clients and lets one value have many spellings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from shop.core.api.shaping import fields_of

Wrong = tuple[str, str]


def refuse_wrong_types(members: dict[str, Any], fields: dict[str, serializers.Field]) -> None:
    """Raises REST framework's ValidationError with every wrong member by its dotted path."""
    wrong = dict(_wrong_members(members, fields, ""))
    if wrong:
        raise serializers.ValidationError({path: [message] for path, message in wrong.items()})


def _wrong_members(members: dict[str, Any], fields: dict[str, serializers.Field], path: str) -> Iterator[Wrong]:
    for name, value in members.items():
        if unstorable := _unstorable(name):
            yield path.rstrip(".") or "non_field_errors", unstorable
        else:
            yield from _wrong(value, fields.get(name), f"{path}{name}")


def _wrong(value: Any, field: serializers.Field | None, path: str) -> Iterator[Wrong]:
    if isinstance(value, dict):
        yield from _wrong_members(value, _inner(field, value), f"{path}.")
    elif isinstance(value, list):
        child = getattr(field, "child", None)
        for index, one in enumerate(value):
            yield from _wrong(one, child, f"{path}.{index}")
    if not _is_text_for(value, field) and isinstance(field, serializers.CharField | serializers.ChoiceField):
        yield path, _("A text.")
    elif type(value) not in (int, type(None)) and isinstance(field, serializers.IntegerField):
        yield path, _("A whole number.")
    elif type(value) not in (bool, type(None)) and isinstance(field, serializers.BooleanField):
        yield path, _("true or false.")
    elif isinstance(value, str) and (unstorable := _unstorable(value)):
        yield path, unstorable


def _is_text_for(value: Any, field: serializers.Field | None) -> bool:
    return isinstance(value, str | None) or (type(value) is int and getattr(field, "takes_numbers", False))


def _inner(field: serializers.Field | None, value: dict[str, Any]) -> dict[str, serializers.Field]:
    if isinstance(field, serializers.DictField):
        return dict.fromkeys(value, field.child)
    return fields_of(field) if isinstance(field, serializers.BaseSerializer) else {}


def _unstorable(text: str) -> str:
    """What the database cannot keep: NUL, and halves of a surrogate pair."""
    if "\0" in text:
        return _("Null characters are not allowed.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return _("Half a character (a lone surrogate) is not allowed.")
    return ""
