"""Reads `demo/`: what the demo shop consists of (demo/README.md describes the files)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings

FOLDER = settings.BASE_DIR / "demo"
LANGUAGES = ("en", "hi")


@cache
def read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def told(texts: dict[str, str] | str | None, language: str) -> str:
    """A text in a language, in English where it is missing."""
    if not isinstance(texts, dict):
        return texts or ""
    return texts.get(language) or texts["en"]


def others(texts: dict[str, str] | None) -> dict[str, str]:
    return {language: text for language, text in (texts or {}).items() if language != "en"}
