"""Categories inside content blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.product.models import CategoryPage
from cms_pages.pictures import picture_of


def tiles_for(categories: Sequence[CategoryPage]) -> list[dict[str, Any]]:
    """Category pages as tiles, in the language of the page that shows them."""
    local = [page.specific.localized for page in categories]
    return [{"title": page.title, "url": page.url, "image": picture_of(page.hero), "count": None} for page in local]
