"""Bodies: a good one for every operation that reads one, the same with one thing wrong, and what is no body at all."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers

from shop.core.api.shaping import fields_of, request_fields
from tests.fuzz.values import bad_values

JSON = "application/json"
LARGE = 2 * 1024 * 1024


@dataclass(frozen=True)
class Operation:
    """Something that reads a body."""

    method: str
    path: str
    view: Any

    @property
    def address(self) -> str:
        """With small ids, which are there (`seeds`)."""
        parts = [
            ("razorpay" if "gateway" in part else "1") if part[:1] == "{" else part for part in self.path.split("/")
        ]
        return "/".join(parts)


@dataclass(frozen=True)
class BadInput:
    kind: str
    field: str  # dotted path, empty for the body as a whole
    body: bytes
    content_type: str = JSON


def operations() -> list[Operation]:
    """All that read a body by a declared serializer, from the routes themselves: webhooks verify theirs by signature."""
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    found = [Operation(method, path, callback.cls()) for path, _regex, method, callback in generator.endpoints]
    return [one for one in found if request_fields(one.view, one.method)]


def bad_inputs(operation: Operation, chance: random.Random) -> Iterator[BadInput]:
    """A round of them: every class for every field, and the bodies that are none."""
    for fields in _shapes(request_fields(operation.view, operation.method)):
        good = good_body(fields)
        for path, field in every_field(fields):
            for kind, value in bad_values(field, chance):
                yield BadInput(kind, path, json.dumps(_with(good, path, value, fields)).encode())
        yield from _no_bodies(good, chance)


def _shapes(fields: dict[str, serializers.Field]) -> Iterator[dict[str, serializers.Field]]:
    """Where a body has one of several shapes, each by itself: its members belong to one serializer."""
    for shape in {id(field.parent): field.parent for field in fields.values()}.values():
        yield {name: field for name, field in fields.items() if field.parent is shape}


def every_field(fields: dict[str, serializers.Field], above: str = "") -> Iterator[tuple[str, serializers.Field]]:
    for name, field in fields.items():
        if field.read_only:
            continue
        yield f"{above}{name}", field
        inner, path = (field.child, f"{name}.0") if hasattr(field, "child") else (field, name)
        if isinstance(inner, serializers.BaseSerializer):
            yield from every_field(fields_of(inner), f"{above}{path}.")


def good_body(fields: dict[str, serializers.Field]) -> dict[str, Any]:
    """What is needed, and no more."""
    return {name: _good(field) for name, field in fields.items() if field.required and not field.read_only}


def _good(field: serializers.Field) -> Any:
    if isinstance(field, serializers.ListSerializer):
        return [good_body(fields_of(field.child))]
    if isinstance(field, serializers.ListField):
        return [_good(field.child)]
    if isinstance(field, serializers.DictField):
        return {}
    if isinstance(field, serializers.BaseSerializer):
        return good_body(fields_of(field))
    if isinstance(field, serializers.ChoiceField):
        return next(iter(field.choices))
    if isinstance(field, serializers.IntegerField):
        return max(1, field.min_value or 1)
    if isinstance(field, serializers.BooleanField):
        return True
    return "a@example.com" if isinstance(field, serializers.EmailField) else "1"


def _with(good: dict[str, Any], path: str, value: Any, fields: dict[str, serializers.Field]) -> dict[str, Any]:
    """A copy of the body with `value` at the path (`variants.0.price`)."""
    name, _dot, rest = path.partition(".")
    if not rest:
        return good | {name: value}
    field = fields[name]
    if hasattr(field, "child"):
        inner = fields_of(field.child)
        return good | {name: [_with(good_body(inner), rest.partition(".")[2], value, inner)]}
    return good | {name: _with(good_body(fields_of(field)), rest, value, fields_of(field))}


def _no_bodies(good: dict[str, Any], chance: random.Random) -> Iterator[BadInput]:
    good = good or {"a": 1}
    text, name = json.dumps(good), next(iter(good))
    yield BadInput("cut off", "", text[: chance.randint(1, len(text) - 1)].encode())
    yield BadInput("twice", "", f"{{{json.dumps(name)}: 1, {text[1:]}".encode())
    yield BadInput(
        "no number",
        "",
        f"{{{json.dumps(name)}: {chance.choice(['NaN', 'Infinity', '-Infinity', '01', '+1'])}}}".encode(),
    )
    yield BadInput("no object", "", chance.choice(["[]", '"x"', "1", "null", "true", f"[{text}]"]).encode())
    yield BadInput("nesting", "", (b'{"a":' * (deep := chance.choice([1200, 5000, 60_000]))) + b"1" + b"}" * deep)
    yield BadInput("encoding", "", text.encode(chance.choice(["utf-16", "utf-32", "utf-16-be"])))
    yield BadInput("bytes", "", bytes(chance.randint(128, 255) for _ in range(chance.randint(1, 200))))
    yield BadInput(
        "media type", "", text.encode(), chance.choice(["text/plain", "text/csv", "application/x-yaml", "image/png"])
    )
    yield BadInput(
        "form", "", b"a=1&b=2", chance.choice(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
    )
    yield BadInput("DTD", "", b'<!DOCTYPE r [<!ENTITY a "x">]><root><a>&a;</a></root>', "application/xml")
    yield BadInput("no XML", "", f"<root>{'<a>' * chance.randint(1, 50)}".encode(), "application/xml")
    if chance.random() < 0.05:  # large ones are slow to send
        yield BadInput("large", "", b'{"a": "' + b"x" * LARGE + b'"}')
