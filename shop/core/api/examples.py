"""Bodies that a client can send as they stand, for the OpenAPI document: docs/api/examples.json, by operation.

The tests send each of them (tests/permissions/test_examples.py), with the ids of things that are there.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

FILE = settings.BASE_DIR / "docs" / "api" / "examples.json"
JSON = "application/json"


def show_examples(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Write each beside its body."""
    for name, example in json.loads(FILE.read_text()).items():
        method, path = name.split(" ")
        if operation := result["paths"].get(path, {}).get(method.lower()):
            operation["requestBody"]["content"][JSON]["example"] = example
    return result
