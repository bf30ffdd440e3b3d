"""What the page of a product tells beyond its card, as typed JSON, per language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.rich_text import expand_db_html

from catalog.listing.building.bodies import clean_html, paragraphs, typed_body
from catalog.listing.building.cards import image_of
from catalog.listing.building.labels import attribute_rows, label_of, name_of, value_of
from catalog.listing.rules.paths import brand_path
from catalog.product.models import Brand

if TYPE_CHECKING:
    from catalog.listing.selectors.truth import Facts, Truth


def detail_of(facts: Facts, truth: Truth, locale: str) -> dict[str, Any]:
    content = facts.content(locale)
    return {
        "images": images_of(facts, truth, locale),
        "attributes": attribute_rows(truth.attributes, facts.core.attributes, locale),
        "seo": seo_of(facts, truth, locale),
        "related": [id_ for id_ in facts.source.related if isinstance(id_, int)],
        "body": typed_body(content.body.raw_data, truth.pictures),
        "options": options_of(facts, truth, locale),
        "maker": maker_of(facts.core.brand, locale) if facts.core.brand else None,
        "breadcrumbs": breadcrumbs_of(facts, truth, locale),
        "languages": {language: translated.slug for language, translated in facts.contents.items()},
    }


def breadcrumbs_of(facts: Facts, truth: Truth, locale: str) -> list[dict[str, Any]]:
    """The way to its main category, from the top down."""
    shelves = truth.tree.shelves_of(facts.categories[:1])
    return [{"id": id_, "name": truth.tree.name(id_, locale), "url": truth.tree.path(id_, locale)} for id_ in shelves]


def images_of(facts: Facts, truth: Truth, locale: str) -> list[dict[str, Any]]:
    title = facts.content(locale).title
    return [
        truth.pictures[image.image_id].with_sources(image.alt or title)
        for image in facts.images_in(locale)
        if image.image_id in truth.pictures
    ]


def seo_of(facts: Facts, truth: Truth, locale: str) -> dict[str, Any]:
    content = facts.content(locale)
    image = image_of(facts, truth, locale)
    return {
        "title": content.seo_title or content.title,
        "description": content.seo_description or content.summary[:170],
        "image": image["url"] if image else None,
    }


def options_of(facts: Facts, truth: Truth, locale: str) -> list[dict[str, Any]]:
    """What one chooses between: the options that the variants differ in, with their values in the variants' order."""
    codes = dict.fromkeys(code for variant in facts.variants for code in variant.options)
    known = [code for code in truth.attributes if code in codes]
    return [_option(code, facts, truth, locale) for code in [*known, *(code for code in codes if code not in known)]]


def _option(code: str, facts: Facts, truth: Truth, locale: str) -> dict[str, Any]:
    attribute = truth.attributes.get(code)
    values = dict.fromkeys(str(variant.options[code]) for variant in facts.variants if code in variant.options)
    if attribute is None:
        return {"code": code, "name": code, "type": "text", "values": [{"value": v, "label": v} for v in values]}
    swatches = {value: found.swatch for value in values if (found := value_of(attribute, value))}
    return {
        "code": code,
        "name": name_of(attribute, locale),
        "type": attribute.type,
        "values": [{"value": v, "label": label_of(attribute, v, locale), "hex": swatches.get(v, "")} for v in values],
    }


def maker_of(brand: Brand, locale: str) -> dict[str, Any]:
    texts = brand.texts.get(locale, {})
    story = clean_html(expand_db_html(texts.get("story") or brand.story))
    return {
        "name": texts.get("name") or brand.name,
        "slug": brand.slug,
        "place": texts.get("place") or brand.place,
        "since": brand.since,
        "story": story,
        "story_text": paragraphs(story),
        "url": brand_path(brand.slug, locale) if brand.live else "",
    }
