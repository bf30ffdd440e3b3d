"""The body of a product from its typed JSON: `{% include_block %}` renders these without asking the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class ReadyBlock:
    block_type: str
    value: Any

    def render_as_block(self, context: Any = None) -> SafeString:
        return render_to_string(f"catalog/blocks/{self.block_type}.html", self._context())

    def _context(self) -> dict[str, Any]:
        if self.block_type == "text":
            return {"value": mark_safe(self.value)}  # made by Wagtail's rich text, whose features are white-listed
        if self.block_type == "picture":
            return {"value": self.value, "picture": self.value["image"]}
        return {"value": self.value}


def ready_blocks(body: Iterable[Mapping[str, Any]]) -> list[ReadyBlock]:
    """Blocks that can be shown; a picture whose image was deleted is left out."""
    return [
        ReadyBlock(block["type"], block["value"])
        for block in body
        if block["type"] != "picture" or block["value"]["image"]
    ]
