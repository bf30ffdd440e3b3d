from __future__ import annotations

from typing import Any

from catalog.listing.images import pictures_of


def picture_of(image) -> dict[str, Any] | None:
    """A picture of a block with every size that was made of it ahead, or as it was uploaded."""
    if image is None:
        return None
    found = pictures_of([image.pk]).get(image.pk)
    return found.with_sources(getattr(image, "contextual_alt_text", "") or image.title) if found else None
