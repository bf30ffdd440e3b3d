"""RFC 9457 problems and the headers of answers, as the OpenAPI document shows them."""

from __future__ import annotations

import http
from collections.abc import Iterable, Sequence
from typing import Any

from shop.core.api.problems import CONTENT_TYPE, XML_CONTENT_TYPE

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. Extension members may stand beside these, as docs/api/errors.md names them.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "For people."},
        "code": {"type": "string", "description": "For programs: a stable word."},
        "errors": {
            "type": "object",
            "description": "Messages by field; nested fields by their dotted path.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["type", "title", "status", "detail", "code"],
}
READABLE = 4  # codes in a name
TEXT = {"schema": {"type": "string"}}
TAG = {**TEXT, "description": "For `If-None-Match`. Not on answers that say `no-store`."}
WAIT = {"schema": {"type": "integer"}, "required": True, "description": "Seconds to wait."}
REPLAYED = {"schema": {"type": "string", "enum": ["true"]}, "description": "This is the first answer to the key again."}
CART_TOKEN = {**TEXT, "description": "A guest's cart: keep it and send it with every call."}
LIMITS = {
    "RateLimit": {**TEXT, "description": 'What is left: `"name";r=0;t=60`.'},
    "RateLimit-Policy": {**TEXT, "description": '`"name";q=300;w=60`.'},
}


def headers_of(status: str, method: str) -> dict[str, Any]:
    """What an answer carries beyond its body."""
    if status in ("200", "304") and method == "GET":
        return {"ETag": TAG}
    more: dict[str, dict[str, Any]] = {
        "401": {"WWW-Authenticate": {**TEXT, "required": True}},
        "429": {"Retry-After": WAIT, **LIMITS},
        "503": {"Retry-After": WAIT},
    }
    return more.get(status, {})


def documented_problem(status: int, codes: Iterable[str], said: str) -> dict[str, Any]:
    """A response of an operation: the problem, narrowed to the codes that its `code` can be."""
    facts = {"status": {"type": "integer", "enum": [status]}, "code": {"type": "string", "enum": sorted(codes)}}
    narrowed = {"type": "object", "properties": facts}
    schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}, narrowed]}
    return {
        "description": str(said) or http.HTTPStatus(status).phrase,
        "content": {CONTENT_TYPE: {"schema": schema}, XML_CONTENT_TYPE: {"schema": schema}},
        "headers": headers_of(str(status), ""),
    }


def share_problems(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Write each problem once, under `components`: most operations refuse with the same words."""
    components = result.setdefault("components", {})
    shared: dict[str, Any] = components.setdefault("responses", {})
    for operations in result.get("paths", {}).values():
        for operation in operations.values():
            responses = operation["responses"] if isinstance(operation, dict) and "responses" in operation else {}
            for status, response in responses.items():
                if CONTENT_TYPE in response.get("content", {}):
                    name = _share(response, components["schemas"], operation["operationId"])
                    if response["description"] == http.HTTPStatus(int(status)).phrase:
                        shared[name] = response
                        responses[status] = {"$ref": f"#/components/responses/{name}"}
    components["responses"] = dict(sorted(shared.items()))
    return result


def _share(response: dict[str, Any], schemas: dict[str, Any], operation: str) -> str:
    """Put the problem of a response among the schemas; returns its name there."""
    schema = response["content"][CONTENT_TYPE]["schema"]
    facts = schema["allOf"][1]["properties"]
    name = problem_name(facts["status"]["enum"][0], facts["code"]["enum"], operation)
    if schemas.setdefault(name, schema) != schema:
        raise ValueError(f"Two problems would be called {name}")
    for content in response["content"].values():
        content["schema"] = {"$ref": f"#/components/schemas/{name}"}
    return name


def problem_name(status: int, codes: Sequence[str], operation: str) -> str:
    """After its codes, so that it stays while other operations come and go: `ConflictNotForSaleOrOutOfStock`. Where there
    are too many to be read, after its operation: `OrderCreateConflict`."""
    phrase = _camel(http.HTTPStatus(status).phrase.replace("-", " ").replace(" ", "_").lower())
    words = [_camel(code) for code in sorted(codes) if not code.startswith("malformed_")]
    if len(words) < len(codes):
        words.append("Malformed")
    if len(words) > READABLE:
        return f"{_camel(operation)}{phrase}"
    return phrase if words == [phrase] else phrase + "Or".join(words)


def _camel(snake: str) -> str:
    return "".join(part.capitalize() for part in snake.split("_"))
