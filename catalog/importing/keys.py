"""Keys for rows that bring none: made from what identifies the row, so that a second run makes the same ones."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Container

from django.utils.text import slugify

LONGEST_SLUG = 100


def digest_parts(*parts: str) -> str:
    """64 capital letters and digits that stand for these parts in this order, whatever separators they hold."""
    sha = hashlib.sha256()
    for part in parts:
        data = unicodedata.normalize("NFC", part.strip()).encode(errors="surrogatepass")
        sha.update(len(data).to_bytes(8, "big") + data)
    return sha.hexdigest().upper()


def make_sku(*identity: str) -> str:
    """A SKU for a row without one: `M-` and 16 characters (64 bits), from what identifies the row."""
    return "M-" + digest_parts(*identity)[:16]


def make_slug(name: str) -> str:
    """An address made from a name: ASCII where the name has any, else Unicode; empty for a name of signs only."""
    slug = slugify(name) or slugify(name, allow_unicode=True)
    if len(slug) <= LONGEST_SLUG:
        return slug
    cut = slug[: LONGEST_SLUG + 1]
    return (cut[: cut.rfind("-")] if "-" in cut[LONGEST_SLUG // 2 :] else slug[:LONGEST_SLUG]).strip("-")


def make_handle(name: str, *identity: str, taken: Container[str]) -> str:
    """A handle that is not taken: the name's slug, or, where that is taken, with a suffix made from the identity."""
    slug = make_slug(name) or "product"
    if slug != "product" and slug not in taken:
        return slug
    digest = digest_parts(*identity).lower()
    for length in range(6, 40):
        handle = f"{slug[: LONGEST_SLUG - length - 1].rstrip('-')}-{digest[:length]}"
        if handle not in taken:
            return handle
    raise ValueError("two rows with the same identity")
