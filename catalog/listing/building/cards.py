"""A product as the API tells it in a list. Pure: from the truth to dicts; stock is joined when a list is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from catalog.listing.building.labels import as_list, label_of, value_of
from catalog.listing.rules.offers import Offer, offer_of, price_members, price_words, tax_rate_text
from catalog.listing.rules.paths import product_path
from catalog.pricing.rules import Price
from catalog.product.models import Attribute, Variant

if TYPE_CHECKING:
    from catalog.listing.selectors.truth import Facts, Truth

NEW_FOR = timedelta(days=30)


def prices_of(facts: Facts, truth: Truth, currency: str) -> dict[int, Price]:
    """Prices of the product's active variants; a variant without one is missing."""
    known = truth.prices[currency]
    return {variant.pk: known[variant.pk] for variant in facts.variants if variant.pk in known}


def is_in_stock(facts: Facts, truth: Truth, currency: str) -> bool:
    return any(truth.available.get(variant, 0) > 0 for variant in prices_of(facts, truth, currency))


def card_of(facts: Facts, truth: Truth, locale: str, currency: str) -> dict[str, Any]:
    """The product of `api.md` without `stock`, `in_stock` and `low_stock`, which are joined at reading."""
    content = facts.content(locale)
    offer = offer_of(prices_of(facts, truth, currency).values())
    basis_points = offer.lowest.tax_basis_points if offer.lowest else None
    return {
        "id": facts.core.pk,
        "name": content.title,
        "slug": content.slug,
        "sku": facts.variants[0].sku if len(facts.variants) == 1 else None,
        "description": content.summary,
        **price_members(offer.lowest, currency),
        "price_includes_tax": offer.lowest.includes_tax if offer.lowest else True,
        "tax_rate": tax_rate_text(basis_points) if basis_points is not None else None,
        "category": facts.categories[0] if facts.categories else None,
        "categories": facts.categories,
        "brand": facts.core.brand.name if facts.core.brand else None,
        "rating": str(facts.rating.average) if facts.rating else None,
        "review_count": facts.rating.count if facts.rating else 0,
        "image": image_of(facts, truth, locale),
        "url": product_path(content.slug, locale),
        **_extras(facts, truth, locale, offer),
    }


def _extras(facts: Facts, truth: Truth, locale: str, offer: Offer) -> dict[str, Any]:
    content = facts.content(locale)
    return {
        "lang": "" if content.locale.language_code == locale else content.locale.language_code,
        "maker_place": maker_place(facts, locale),
        "swatches": swatches(facts, truth.attributes, locale),
        "is_new": is_new(facts, truth),
        "price_from": offer.from_price,
        **price_words(offer.lowest, locale),
    }


def valid_until(facts: Facts, truth: Truth, currency: str):
    """When the card stops being true: the next price boundary, or the end of being new."""
    offer = offer_of(prices_of(facts, truth, currency).values())
    new_until = published_at(facts) + NEW_FOR
    moments = [offer.valid_until, new_until if new_until > truth.at else None]
    return min((moment for moment in moments if moment), default=None)


def published_at(facts: Facts):
    return facts.core.published_at or facts.core.created_at


def is_new(facts: Facts, truth: Truth) -> bool:
    return published_at(facts) + NEW_FOR > truth.at


def maker_place(facts: Facts, locale: str) -> str:
    """`Khurja Pottery, Khurja`."""
    brand = facts.core.brand
    if brand is None:
        return ""
    texts = brand.texts.get(locale, {})
    return ", ".join(part for part in (texts.get("name") or brand.name, texts.get("place") or brand.place) if part)


def image_of(facts: Facts, truth: Truth, locale: str) -> dict[str, Any] | None:
    for image in facts.images_in(locale):
        if image.image_id in truth.pictures:
            return truth.pictures[image.image_id].as_json(image.alt)
    return None


def swatches(facts: Facts, attributes: Mapping[str, Attribute], locale: str) -> list[dict[str, str]]:
    """The colors it comes in, from its variants."""
    colors = [code for code, attribute in attributes.items() if attribute.type == Attribute.Type.COLOR]
    found = {}
    for code in colors:
        for described in [*(variant.options for variant in facts.variants), facts.core.attributes]:
            for value in as_list(described.get(code)):
                known = value_of(attributes[code], value)
                if known is not None and known.swatch:
                    found[value] = {"name": label_of(attributes[code], value, locale), "hex": known.swatch}
    return list(found.values())


def variant_of(variant: Variant, facts: Facts, truth: Truth, locale: str, currency: str) -> dict[str, Any]:
    """One of `variants` on a product of the API, without stock."""
    price = truth.prices[currency].get(variant.pk)
    picture = truth.pictures.get(variant.image_id) if variant.image_id else None
    alt = facts.content(locale).title
    return {
        "id": variant.pk,
        "sku": variant.sku,
        "options": variant.options,
        **price_members(price, currency),
        "image": picture.as_json(alt) if picture else None,
        **price_words(price, locale),
    }
