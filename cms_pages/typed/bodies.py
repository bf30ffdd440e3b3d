"""StreamField bodies of pages as typed JSON (shapes: cms_pages/api/block_schemas.py), from their stored form.

What the blocks choose is read for the whole body at once: pictures, products as the listing's ready cards, categories,
and whatever is linked to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from catalog.listing.images import Picture, pictures_of
from catalog.listing.postgres import cards_for
from cms_pages.targets import Target, Targets, targets_of
from cms_pages.typed.rich_text import pages_in, typed_html
from shop.core.context import ShopContext

Raw = Sequence[Mapping[str, Any]]


class Found(NamedTuple):
    targets: Targets
    pictures: Mapping[int, Picture]
    cards: Mapping[int, dict[str, Any]]  # by product id


def typed_body(raw: Iterable[Mapping[str, Any]], context: ShopContext) -> list[dict[str, Any]]:
    """`[{id, type, value}]` in the context's language, prices in its currency. At most four queries, whatever the
    number of blocks."""
    blocks = list(raw)
    found = _find(blocks, context)
    return [
        {"id": block.get("id"), "type": block["type"], "value": _SECTIONS[block["type"]](block["value"], found)}
        for block in blocks
        if block["type"] in _SECTIONS
    ]


def products_in(body: Iterable[Mapping[str, Any]]) -> set[int]:
    """Ids of the products that a typed body shows."""
    return {card["id"] for block in body for card in block["value"].get("products", ())}


def _find(blocks: Raw, context: ShopContext) -> Found:
    values = [block["value"] for block in blocks]
    linked = {
        page for block in blocks if block["type"] == "rich_text" for page in pages_in(block["value"].get("text") or "")
    }
    targets = targets_of(
        [link for value in values for link in _links(value)],
        context.locale,
        pages=linked | {pk for value in values for pk in _items(value.get("categories"))},
        products={pk for value in values for pk in _items(value.get("products"))},
    )
    wanted = [
        targets.products[pk].id for value in values for pk in _items(value.get("products")) if pk in targets.products
    ]
    cards = cards_for(list(dict.fromkeys(wanted)), context) if wanted else []
    pictures = pictures_of((value.get("picture") or {}).get("image") or 0 for value in values)
    return Found(targets, pictures, {card["id"]: card for card in cards})


def _items(stored: Any) -> Iterator[Any]:
    """A stored list, whose items stand with ids or without."""
    for item in stored or ():
        value = item["value"] if isinstance(item, Mapping) and item.get("type") == "item" else item
        if value is not None:
            yield value


def _links(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*_items(value.get("links")), *([value["link"]] if value.get("link") else [])]


def link_json(link: Mapping[str, Any] | None, targets: Targets) -> dict[str, Any] | None:
    """`{text, url, kind, id}`; null for a link that leads nowhere (any more)."""
    target: Target | None = targets.of(link) if link else None
    if link is None or target is None or not target.url:
        return None
    return {"text": link.get("text") or "", "url": target.url, "kind": target.kind, "id": target.id or None}


def _picture(value: Mapping[str, Any], found: Found) -> dict[str, Any] | None:
    chosen = value.get("picture") or {}
    picture = found.pictures.get(chosen.get("image", 0))
    if picture is None:
        return None
    return picture.with_sources(chosen.get("alt_text") or "") | ({"alt": ""} if chosen.get("decorative") else {})


def _texts(value: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: value.get(name) or "" for name in names}


def _hero(value: Mapping[str, Any], found: Found) -> dict[str, Any]:
    shown = [link_json(link, found.targets) for link in _items(value.get("links"))]
    return {
        **_texts(value, "heading", "text"),
        "tone": value.get("tone") or "day",
        "picture": _picture(value, found),
        "links": [link for link in shown if link],
    }


def _banner(value: Mapping[str, Any], found: Found) -> dict[str, Any]:
    return {
        **_texts(value, "heading", "text"),
        "tone": value.get("tone") or "night",
        "picture": _picture(value, found),
        "link": link_json(value.get("link"), found.targets),
    }


def _product_carousel(value: Mapping[str, Any], found: Found) -> dict[str, Any]:
    targets = (found.targets.products.get(pk) for pk in _items(value.get("products")))
    return {
        **_texts(value, "heading", "note"),
        "layout": value.get("layout") or "row",
        "products": [found.cards[target.id] for target in targets if target and target.id in found.cards],
        "link": link_json(value.get("link"), found.targets),
    }


def _category_grid(value: Mapping[str, Any], found: Found) -> dict[str, Any]:
    shelves = (found.targets.shelves.get(pk) for pk in _items(value.get("categories")))
    return {
        **_texts(value, "heading"),
        "categories": [shelf._asdict() for shelf in shelves if shelf],
        "link": link_json(value.get("link"), found.targets),
    }


def _rich_text(value: Mapping[str, Any], found: Found) -> dict[str, Any]:
    return {**_texts(value, "heading"), "html": typed_html(value.get("text") or "", found.targets)}


def _quote(value: Mapping[str, Any], found: Found) -> dict[str, Any]:
    return {
        **_texts(value, "heading", "quote", "name", "role"),
        "picture": _picture(value, found),
        "figures": [_texts(figure, "label", "value") for figure in _items(value.get("figures"))],
        "link": link_json(value.get("link"), found.targets),
    }


def _trust_strip(value: Mapping[str, Any], found: Found) -> dict[str, Any]:
    points = [_texts(item, "icon", "heading", "text") for item in _items(value.get("items"))]
    return {**_texts(value, "heading"), "items": points}


_SECTIONS = {
    "hero": _hero,
    "banner": _banner,
    "product_carousel": _product_carousel,
    "category_grid": _category_grid,
    "rich_text": _rich_text,
    "quote": _quote,
    "trust_strip": _trust_strip,
}
