"""Addresses of catalog content. Default language without prefix; no category in a product's address."""

from __future__ import annotations

from django.conf import settings


def product_path(slug: str, locale: str) -> str:
    return f"{_prefix(locale)}/product/{slug}/"


def brand_path(slug: str, locale: str = "") -> str:
    return f"{_prefix(locale)}/brand/{slug}/"


def _prefix(locale: str) -> str:
    return "" if locale in ("", settings.LANGUAGE_CODE) else f"/{locale}"
