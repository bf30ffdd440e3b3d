"""Parts of pages that are made of one value each: the same value in the same language is the same HTML, so it is
rendered once per process. A list of 24 cards is most of the work of a page that is not kept yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 4000  # about 2 KB each


@dataclass(frozen=True)
class _Given:
    """Told apart by its text: dicts cannot be keys."""

    text: str
    context: Mapping[str, Any] = field(compare=False)


def fragment(template: str, **context: Any) -> SafeString:
    """The template rendered with these values and nothing else: no request, no context processors."""
    render = _render.__wrapped__ if settings.DEBUG else _render
    return render(template, _Given(repr(context), context), get_language())


@lru_cache(maxsize=KEPT)
def _render(template: str, given: _Given, language: str | None) -> SafeString:
    return render_to_string(template, dict(given.context))
