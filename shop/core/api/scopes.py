"""Which scope a call by another system needs: `service_scopes` of a view, by method; a scope, or what finds it.

service_scopes = {"GET": "stock:read", "PATCH": "stock:write"}
"""

from __future__ import annotations

from typing import Any


def scope_of(view: Any, request: Any) -> str | None:
    """None: no service token may call it."""
    named = getattr(view, "service_scopes", {}).get("GET" if request.method == "HEAD" else request.method)
    return named(request) if callable(named) else named
