"""What rooms above show on the first page of an account, such as the latest order.

@on_overview
def latest_orders(request) -> dict: return {"orders": …}      # joins the template's context
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_parts: list[Callable[[Any], dict[str, Any]]] = []


def on_overview(part: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    if part not in _parts:
        _parts.append(part)
    return part


def parts_of(request: Any) -> dict[str, Any]:
    return {name: value for part in _parts for name, value in part(request).items()}
