"""A product's body as a program sends it, in the stored form of the editor's blocks."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from shop.core.errors import Invalid

MAX_TEXT, MAX_CAPTION, MAX_ROWS = 50_000, 200, 100


def body_of(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """`{type: "text", value: html}`, `{type: "picture", value: {image: <id>, alt?, caption?}}`,
    `{type: "specification", value: {rows: [{name, value}]}}`. Raises Invalid."""
    stored = []
    for number, block in enumerate(blocks):
        make = _KINDS.get(str(block.get("type")))
        value = make(block.get("value")) if make else None
        if value is None:
            raise Invalid(errors={f"body.{number}": [_("Not a block: see `body` in the documentation.")]})
        stored.append({"type": block["type"], "value": value, "id": str(uuid.uuid4())})
    return stored


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) <= MAX_TEXT else None


def _picture(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping) or type(value.get("image")) is not int:
        return None
    alt, caption = value.get("alt", ""), value.get("caption", "")
    if not _is_short(alt) or not _is_short(caption) or not _image_exists(value["image"]):
        return None
    image = {"image": value["image"], "alt_text": alt, "decorative": not alt}
    return {"image": image, "caption": caption}


def _specification(value: Any) -> dict[str, Any] | None:
    rows = value.get("rows") if isinstance(value, Mapping) else None
    if not isinstance(rows, list) or len(rows) > MAX_ROWS:
        return None
    if not all(isinstance(row, Mapping) and _is_short(row.get("name")) and _is_short(row.get("value")) for row in rows):
        return None
    items = [{"name": row["name"], "value": row["value"]} for row in rows]
    return {"rows": [{"type": "item", "value": item, "id": str(uuid.uuid4())} for item in items]}


def _is_short(text: Any) -> bool:
    return isinstance(text, str) and len(text) <= MAX_CAPTION


def _image_exists(image_id: int) -> bool:
    return 0 < image_id < 2**31 and get_image_model().objects.filter(pk=image_id).exists()


_KINDS = {"text": _text, "picture": _picture, "specification": _specification}
