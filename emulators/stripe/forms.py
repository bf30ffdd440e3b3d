"""Form bodies with brackets: `line_items[0][price_data][currency]=inr`."""

import re
from typing import Any
from urllib.parse import parse_qsl

from .errors import ApiError

NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def read_form(text: str) -> dict[str, Any]:
    """Return nested dicts and lists of strings. Raises ApiError."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found = NAME.fullmatch(name)
        if not found:
            raise ApiError(f"Invalid parameter name: {name}", param=name)
        keys = [found.group(1), *re.findall(r"\[([^\[\]]*)\]", found.group(2))]
        _put(tree, keys, value, name)
    return {key: _with_lists(value) for key, value in tree.items()}


def _put(tree: dict[str, Any], keys: list[str], value: str, name: str) -> None:
    for position, key in enumerate(keys):
        key = key or str(len(tree))
        if position == len(keys) - 1:
            tree[key] = value
            return
        tree = tree.setdefault(key, {})
        if not isinstance(tree, dict):
            raise ApiError(f"Invalid parameter: {name}", param=name)


def _with_lists(value: Any) -> Any:
    """A dict whose keys are 0, 1, 2 … is a list."""
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(item) for key, item in value.items()}
    if inner and list(inner) == [str(number) for number in range(len(inner))]:
        return list(inner.values())
    return inner
