from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers


class Instant(serializers.DateTimeField):
    """A moment as the API writes it: ISO 8601, UTC, `…Z`."""

    def __init__(self, **kwargs) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


def moment(at: datetime) -> str:
    """What `Instant` writes."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


class AsItIs:
    """Before a serializer: it answers with what stands in the row under each name, or with what its `get_<name>` says;
    texts, numbers and moments, which the renderers write as `Instant` does. To ask a field object for each of them costs
    more than to read the row."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        told: Any = self
        names = told.Meta.fields if hasattr(self, "Meta") else told._declared_fields
        return {name: _said(told, name, instance) for name in names}


def _said(serializer: Any, name: str, instance: Any) -> Any:
    say = getattr(serializer, f"get_{name}", None)
    return getattr(instance, name) if say is None else say(instance)


# What an amount looks like in a body: no exponent, no digits of other scripts, no `_` and no space.
AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


class Digits(serializers.CharField):
    """Digits that people write as a number too: `560038`. Kept and answered as a text."""

    takes_numbers = True


class Password(serializers.CharField):
    """A password as it was typed: spaces stay, it never goes out again."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**({"max_length": 256, "trim_whitespace": False, "write_only": True} | kwargs))
