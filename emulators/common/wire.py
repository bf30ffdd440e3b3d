"""Requests and responses as the rest of the emulator sees them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from .errors import Refusal


@dataclass
class Request:
    method: str
    path: str
    query_text: str
    headers: dict[str, str]
    raw: bytes
    finishers: list[Callable[[], None]] = field(default_factory=list)

    @property
    def query(self) -> dict[str, str]:
        """Return the query's last value per name."""
        return dict(parse_qsl(self.query_text, keep_blank_values=True))

    def json(self) -> dict[str, Any]:
        """Return the body as an object; an absent body is an empty one."""
        if not self.raw:
            return {}
        try:
            data = json.loads(self.raw)
        except ValueError:
            raise Refusal("The request body is not valid JSON.") from None
        if not isinstance(data, dict):
            raise Refusal("The request body must be an object.")
        return data


@dataclass
class Response:
    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    data: Any = None


def make_json(status: int, data: Any) -> Response:
    """Freeze `data` into bytes now, so that later changes of an entity do not reach this answer."""
    return Response(status, json.dumps(data, ensure_ascii=False).encode(), data=data)
