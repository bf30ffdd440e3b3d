"""XML has texts only: what a view's request serializer calls a number, a truth or nothing becomes one.

So an XML body and a JSON body are the same to a view, and to an idempotency key.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiRequest, PolymorphicProxySerializer
from rest_framework import serializers

_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")


def request_fields(view: Any, method: str) -> dict[str, serializers.Field]:
    """The members of a body as the view's OpenAPI operation declares them; none where it declares no serializer."""
    return _declared(type(view), method.lower())


@functools.cache
def _declared(view_class: type, method: str) -> dict[str, serializers.Field]:
    schema_class = getattr(getattr(view_class, method, None), "kwargs", {}).get("schema")
    if schema_class is None:
        return {}
    schema, view = schema_class(), view_class()
    view.request, view.kwargs = None, {}
    schema.view, schema.method, schema.path = view, method.upper(), ""
    schema._get_serializer = lambda: None  # nothing is guessed
    return fields_of(schema.get_request_serializer())


def fields_of(declared: Any) -> dict[str, serializers.Field]:
    if isinstance(declared, OpenApiRequest):
        declared = declared.request
    if isinstance(declared, PolymorphicProxySerializer):
        return {name: field for one in _several(declared.serializers) for name, field in fields_of(one).items()}
    if isinstance(declared, type) and issubclass(declared, serializers.BaseSerializer):
        declared = declared()
    return dict(getattr(declared, "fields", {}))


def shaped(value: Any, field: serializers.Field | None) -> Any:
    """`value` of XML as the field would have it from JSON; what does not fit stays, for the field to refuse."""
    if isinstance(field, serializers.ListSerializer | serializers.ListField):
        return [shaped(one, field.child) for one in value] if isinstance(value, list) else _nothing(value, field, [])
    if isinstance(field, serializers.DictField):
        return (
            {name: shaped(one, field.child) for name, one in value.items()}
            if isinstance(value, dict)
            else _nothing(value, field, {})
        )
    if isinstance(field, serializers.BaseSerializer):
        return shaped_members(value, fields_of(field)) if isinstance(value, dict) else _nothing(value, field, {})
    return _leaf(value, field) if isinstance(value, str) else value


def shaped_members(members: dict[str, Any], fields: dict[str, serializers.Field]) -> dict[str, Any]:
    return {name: shaped(value, fields.get(name)) for name, value in members.items()}


def _nothing(value: Any, field: serializers.Field, empty: Any) -> Any:
    if value != "":
        return value
    return None if field.allow_null else empty


def _leaf(text: str, field: serializers.Field | None) -> Any:
    if text == "":
        return None if field is not None and field.allow_null and not getattr(field, "allow_blank", False) else ""
    if isinstance(field, serializers.IntegerField) and _WHOLE.fullmatch(text.strip()):
        return int(text)
    if isinstance(field, serializers.BooleanField) and text.strip() in ("true", "false"):
        return text.strip() == "true"
    return text


def _several(declared: Any) -> Iterable[Any]:
    found = declared() if callable(declared) and not isinstance(declared, type) else declared
    return found.values() if isinstance(found, dict) else found
