"""Where products and brands stand (decisions: docs/adr): no category in the address of a product."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings


def language_prefix(locale: str) -> str:
    """Empty for the default language, `/hi` for others."""
    return "" if locale == settings.LANGUAGE_CODE else f"/{locale}"


def product_path(slug: str, locale: str) -> str:
    return f"{language_prefix(locale)}/product/{quote(slug)}/"


def brand_path(slug: str, locale: str) -> str:
    return f"{language_prefix(locale)}/brand/{quote(slug)}/"
