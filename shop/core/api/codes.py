"""All words that `code` of a problem can be, with where they come from: for docs/api/errors.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from shop.core.api.problems import CONTENT_TYPE

BEGIN, END = "<!-- written by manage.py error_codes: begin -->", "<!-- written by manage.py error_codes: end -->"


def known_codes(document: dict[str, Any]) -> dict[tuple[int, str], list[str]]:
    """(status, code) → the operations that may answer so, from the OpenAPI document."""
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for response in operation["responses"].values():
                for code in _codes(document, response):
                    found[code].append(f"{method.upper()} {path}")
    return dict(found)


def _codes(document: dict[str, Any], response: dict[str, Any]) -> Iterator[tuple[int, str]]:
    components = document["components"]
    shared = components["responses"].get(_name(response), response)
    problem = shared.get("content", {}).get(CONTENT_TYPE)
    if problem:
        facts = components["schemas"][_name(problem["schema"])]["allOf"][1]["properties"]
        for code in facts["code"]["enum"]:
            yield facts["status"]["enum"][0], code


def _name(reference: dict[str, Any]) -> str:
    return reference.get("$ref", "").rpartition("/")[2]


def table(document: dict[str, Any]) -> Iterator[str]:
    yield "| status | `code` | where |"
    yield "|---:|---|---|"
    for (status, code), operations in sorted(known_codes(document).items()):
        where = ", ".join(f"`{one}`" for one in operations) if len(operations) <= 6 else f"{len(operations)} operations"
        yield f"| {status} | `{code}` | {where} |"


def with_table(text: str, document: dict[str, Any]) -> str:
    """The page with the table anew between its marks."""
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n" + "\n".join(table(document)) + f"\n{END}{rest.partition(END)[2]}"
