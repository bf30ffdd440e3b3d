from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class PicturesWanted(Event):
    """Pictures on show lack some of their sizes (ids of images)."""

    name: ClassVar[str] = "pictures.wanted"
    image_ids: list[int]
