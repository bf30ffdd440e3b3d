"""What stands on a category's page beside its products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.listing.building.bodies import plain_text, typed_body
from catalog.listing.images import Picture
from catalog.product.models import CategoryPage


def head_of(page: CategoryPage, pictures: Mapping[int, Picture]) -> dict[str, Any]:
    intro = plain_text(page.intro)
    return {
        "name": page.title,
        "intro": intro,
        "seo_title": page.seo_title or page.title,
        "seo_description": page.search_description or intro[:170],
        "body": typed_body(page.body.raw_data, pictures),
    }
