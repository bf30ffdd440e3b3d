"""The published form of events: a JSON Schema for each name and version, and what a new one must keep."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from shop.core.outbox.publishing import Event, known_events

FOLDER = settings.BASE_DIR / "docs" / "events"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
INTRODUCTION = FOLDER / "introduction.md"
OURS = ("shop.", "catalog.", "checkout.", "cms_pages.")


class Untitled(GenerateJsonSchema):
    """A title that repeats the name of its field is noise."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@dataclass(frozen=True)
class Breach(Exception):
    """A change that readers of the same version would stumble over."""

    file: str
    what: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.what}. Raise the event's `version` (the old file stays), or, if that version was never"
            " released, delete its file first."
        )


def published_events() -> list[type[Event]]:
    """All events of the shop, by name."""
    return [event for _name, event in sorted(known_events.items()) if event.__module__.startswith(OURS)]


def file_of(event: type[Event]) -> str:
    return f"{event.name}.v{event.version}.json"


def data_schema_of(event: type[Event]) -> dict[str, Any]:
    schema = TypeAdapter(event).json_schema(schema_generator=Untitled)
    return {key: value for key, value in schema.items() if key not in ("title", "description")}


def schema_of(event: type[Event]) -> dict[str, Any]:
    """Of a whole message. Readers must bear fields that they do not know: a new one may come without a new version."""
    properties = {
        "id": {"type": "integer", "description": "the same whenever the event is sent again"},
        "name": {"const": event.name},
        "version": {"const": event.version},
        "aggregate": {"type": "string", "description": "what it happened to; the key of the message"},
        "occurred_at": {"type": "string", "format": "date-time"},
        "data": data_schema_of(event),
    }
    return {
        "$schema": DRAFT, "$id": file_of(event), "title": event.name, "description": _words(event), "type": "object",
        "required": list(properties), "properties": properties,
    }  # fmt: skip


def breach_of(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What of the data that readers count on is gone or different; empty when nothing is."""
    old, new = before["properties"]["data"], after["properties"]["data"]
    fields, wanted = new.get("properties", {}), set(new.get("required", ()))
    for name, kind in old.get("properties", {}).items():
        if name not in fields:
            return f"the field {name} is gone"
        if {**fields[name], "description": ""} != {**kind, "description": ""}:
            return f"the field {name} has another type"
    if lost := set(old.get("required", ())) - wanted:
        return f"the field {min(lost)} may now be missing"
    if added := wanted - set(old.get("properties", {})):
        return f"the new field {min(added)} has no default, and older messages lack it"
    return ""


def write_schemas(folder: Path = FOLDER) -> list[str]:
    """Write what has changed; returns the names of the files. Raises Breach, with nothing written."""
    wanted = {file_of(event): schema_of(event) for event in published_events()}
    for name, schema in wanted.items():
        if (folder / name).exists() and (what := breach_of(json.loads((folder / name).read_text()), schema)):
            raise Breach(name, what)
    texts = {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in wanted.items()}
    texts["README.md"] = readme()
    changed = [name for name, text in texts.items() if _text(folder / name) != text]
    for name in changed:
        (folder / name).write_text(texts[name])
    return changed


def readme() -> str:
    rows = [
        f"| [`{event.name}`]({file_of(event)}) | {event.version} | {_fields(event)} | {_words(event)} |"
        for event in published_events()
    ]
    table = ["| event | version | data | what it says |", "| --- | --- | --- | --- |", *rows]
    return INTRODUCTION.read_text() + "\n" + "\n".join(table) + "\n"


def _fields(event: type[Event]) -> str:
    return ", ".join(f"`{name}`" for name in data_schema_of(event).get("properties", {}))


def _words(event: type[Event]) -> str:
    """Its docstring in one line; a dataclass without one gets its signature from Python, which says nothing."""
    words = inspect.cleandoc(event.__dict__.get("__doc__") or "")
    return "" if words.startswith(f"{event.__name__}(") else " ".join(words.split())


def _text(path: Path) -> str | None:
    return path.read_text() if path.exists() else None
