"""`?fields=id,name`: only these members of an answer, or of each in a list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from shop.core.errors import Invalid


def wanted_fields(request: Any, shape: type[serializers.Serializer]) -> frozenset[str] | None:
    """None: all of them. `shape` is what the OpenAPI document says of the answer. Raises Invalid naming the unknown."""
    asked = request.GET.get("fields")
    if asked is None:
        return None
    names = {name.strip() for name in asked.split(",") if name.strip()}
    unknown = sorted(names - set(shape().fields))
    if unknown or not names:
        known = ", ".join(shape().fields)
        shown = ", ".join(unknown)[:200].replace("\0", "")
        raise Invalid(
            errors={"fields": [_("Unknown: %(unknown)s. Known: %(known)s.") % {"unknown": shown, "known": known}]}
        )
    return frozenset(names)


def thin(answer: Any, names: frozenset[str] | None) -> Any:
    """`answer` with these members only; of a list, each of its things."""
    if names is None:
        return answer
    if isinstance(answer, list):
        return [thin(one, names) for one in answer]
    if isinstance(answer.get("results"), list):
        return answer | {"results": thin(answer["results"], names)}
    return {name: value for name, value in answer.items() if name in names}
