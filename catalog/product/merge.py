"""Three-way merge of product drafts, field by field. Pure: works on the JSON of revisions.

`base` is what both sides began from, `draft` what the editor made of it, `live` what others made of it meanwhile.
Whoever changed a field alone wins; the same change on both sides is no conflict; different ones are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Content = dict[str, Any]

FIELDS = (
    "title", "slug", "summary", "body", "seo_title", "seo_description",
    "brand", "tax_class", "seller", "related", "expire_at",
)  # fmt: skip
MAPPINGS = ("attributes",)
LISTS = {"category_links": ("category",), "images": ("image", "alt")}
VARIANTS = "variant_specs"
VARIANT_FIELDS = ("sku", "options", "price", "compare_at_price", "gtin", "weight_grams", "image")
SHARED = ("brand", "tax_class", "seller", "attributes", "related", *LISTS, VARIANTS)  # source language only
MISSING = object()


@dataclass(frozen=True)
class Disagreement:
    """A field that both sides changed differently. `path` is such as `title` or `variant_specs.<key>.price`."""

    path: str
    base: Any
    draft: Any
    live: Any


@dataclass
class Merged:
    content: Content
    conflicts: list[Disagreement] = field(default_factory=list)


def merge(*, base: Mapping[str, Any], draft: Content, live: Content, prefer_draft: bool = False) -> Merged:
    """Bring what changed live since `base` into `draft`. With `prefer_draft`, the draft wins where both changed."""
    merged = Merged(dict(draft))
    for name in FIELDS:
        value = _pick(merged, name, base.get(name), draft.get(name), live.get(name))
        merged.content[name] = value
    for name in MAPPINGS:
        merged.content[name] = _merge_mapping(merged, name, base.get(name), draft.get(name), live.get(name))
    for name, parts in LISTS.items():
        merged.content[name] = _merge_list(merged, name, parts, base, draft, live)
    merged.content[VARIANTS] = _merge_variants(merged, base, draft, live)
    if prefer_draft:
        merged.conflicts.clear()
    return merged


def comparable(value: Any) -> Any:
    """Values that mean the same compare equal: stream blocks without their ids, JSON text as what it says."""
    if isinstance(value, str) and value[:1] == "[":
        try:
            value = json.loads(value)
        except ValueError:
            return value
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        return {key: comparable(item) for key, item in value.items() if not (is_block and key == "id")}
    return value


def _same(one: Any, other: Any) -> bool:
    return comparable(one) == comparable(other)


def _pick(merged: Merged, path: str, base: Any, draft: Any, live: Any) -> Any:
    if _same(draft, base):
        return live
    if not _same(live, base) and not _same(live, draft):
        merged.conflicts.append(Disagreement(path, _shown(base), _shown(draft), _shown(live)))
    return draft


def _shown(value: Any) -> Any:
    return None if value is MISSING else value


def _merge_mapping(merged: Merged, path: str, base: Any, draft: Any, live: Any) -> dict:
    base, draft, live = base or {}, draft or {}, live or {}
    picked = {
        key: _pick(merged, f"{path}.{key}", *(side.get(key, MISSING) for side in (base, draft, live)))
        for key in dict.fromkeys([*live, *draft])
    }
    return {key: value for key, value in picked.items() if value is not MISSING}


def _merge_list(merged: Merged, name: str, parts: Iterable[str], *sides: Mapping[str, Any]) -> list[Content]:
    """Lists are merged whole: what is on them and in which order."""
    base, draft, live = ([tuple(row.get(part) for part in parts) for row in _rows(side, name)] for side in sides)
    chosen = _pick(merged, name, base, draft, live)
    return _rows(sides[2], name) if chosen == live else _rows(sides[1], name)


def _rows(content: Mapping[str, Any], name: str) -> list[Content]:
    return sorted(content.get(name) or [], key=lambda row: row.get("sort_order") or 0)


def _merge_variants(merged: Merged, *sides: Mapping[str, Any]) -> list[Content]:
    base, draft, live = ({row["key"]: row for row in _rows(side, VARIANTS)} for side in sides)
    picked = [_merge_variant(merged, key, base.get(key), draft.get(key), live.get(key)) for key in {**draft, **live}]
    return sorted((row for row in picked if row), key=lambda row: row.get("sort_order") or 0)


def _merge_variant(
    merged: Merged, key: str, base: Content | None, draft: Content | None, live: Content | None
) -> Content | None:
    path = f"{VARIANTS}.{key}"
    if draft is None or live is None:
        kept = draft or live
        if base is not None and kept is not None and not _same_variant(kept, base):
            merged.conflicts.append(Disagreement(path, _name(base), _name(draft), _name(live)))
            return draft  # removed on one side, changed on the other
        return None if base is not None else kept
    values = {
        name: _pick(merged, f"{path}.{name}", (base or {}).get(name, MISSING), draft.get(name), live.get(name))
        for name in VARIANT_FIELDS
    }
    order = _pick(Merged({}), "", (base or {}).get("sort_order"), draft.get("sort_order"), live.get("sort_order"))
    return {**draft, **values, "sort_order": order, "pk": live.get("pk"), "key": key}


def _same_variant(one: Content, other: Content) -> bool:
    return all(_same(one.get(name), other.get(name)) for name in VARIANT_FIELDS)


def _name(variant: Content | None) -> str | None:
    return variant.get("sku") if variant else None
