"""A draft as its page and the API would show it, without publishing it: the same builders on unsaved objects."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils import timezone

from catalog.inventory.selectors import available_for, most_in_order
from catalog.listing.building.cards import card_of, variant_of
from catalog.listing.building.details import detail_of
from catalog.listing.images import image_ids_in, pictures_of
from catalog.listing.ratings import ratings_of
from catalog.listing.selectors.tree import Tree, read_tree
from catalog.listing.selectors.truth import Facts, Truth, read_attributes
from catalog.pricing.rules import Price
from catalog.pricing.selectors import prices_for
from catalog.product.models import Product, ProductCore, Variant
from shop.core.context import ShopContext
from shop.core.money import Money


def draft_of(*, product: Product, context: ShopContext) -> dict[str, Any]:
    """The product of the API with the draft's texts, variants and base prices, and the stock of now. Writes nothing."""
    locale = product.locale.language_code
    tree = read_tree()
    facts = _facts(product, tree)
    truth = _truth(facts, tree, context)
    card = card_of(facts, truth, locale, context.currency)
    most = most_in_order(variant.pk for variant in facts.variants)
    variants = [
        _variant(v, facts, truth, locale, context.currency) | {"max_quantity": most[v.pk]} for v in facts.variants
    ]
    stock = sum(variant["stock"] for variant in variants)
    joined = {"stock": stock, "in_stock": stock > 0, "low_stock": None, "variants": variants}
    return json.loads(json.dumps(card | joined | detail_of(facts, truth, locale), default=str))


def _facts(product: Product, tree: Tree) -> Facts:
    source = product if product.is_source else Product.objects.get(core_id=product.core_id, is_source=True)
    core = ProductCore.objects.select_related("brand").get(pk=product.core_id)
    if product.is_source:
        core.brand, core.attributes = product.brand, product.attributes
    facts = Facts(core, source, {source.locale.language_code: source, product.locale.language_code: product})
    linked = [tree.source_of.get(link.category_id) for link in source.category_links.all()]
    facts.categories = [id_ for id_ in dict.fromkeys(linked) if id_]
    facts.variants = _variants(source)
    facts.rating = ratings_of([core.pk]).get(core.pk)
    for content in facts.contents.values():
        facts.images[content.pk] = [image for image in content.images.all() if image.image_id]
    return facts


def _variants(source: Product) -> list[Variant]:
    """Live variants with the draft's values; those that are new get negative ids."""
    live = {variant.key: variant for variant in Variant.objects.filter(core_id=source.core_id)}
    made = []
    for number, spec in enumerate(source.variant_specs.all(), start=1):
        variant = live.get(spec.key) or Variant(pk=-number, core_id=source.core_id, key=spec.key)
        variant.sku, variant.options, variant.image_id = spec.sku, spec.options, spec.image_id
        made.append(variant)
    return made or [Variant(pk=-1, core_id=source.core_id, sku="")]


def _truth(facts: Facts, tree: Tree, context: ShopContext) -> Truth:
    known = [variant.pk for variant in facts.variants if variant.pk > 0]
    prices = prices_for(known, context)
    if context.currency == settings.DEFAULT_CURRENCY:
        prices |= _typed_prices(facts, prices, context)
    ids = {image.image_id for images in facts.images.values() for image in images}
    ids |= {variant.image_id for variant in facts.variants}
    return Truth(
        at=timezone.now(),
        products={facts.core.pk: facts},
        tree=tree,
        attributes=read_attributes(),
        prices={context.currency: prices},
        available=available_for(known),
        pictures=pictures_of(ids | _in_bodies(facts)),
        stood_on=set(),
    )


def _typed_prices(facts: Facts, live: dict[int, Price], context: ShopContext) -> dict[int, Price]:
    """What the draft says where it differs from what holds now."""
    rate = next((price.tax_basis_points for price in live.values()), 0)
    typed = {}
    for variant, spec in zip(facts.variants, facts.source.variant_specs.all(), strict=False):
        if spec.price is not None:
            before = Money(spec.compare_at_price, context.currency) if spec.compare_at_price else None
            typed[variant.pk] = Price(variant.pk, Money(spec.price, context.currency), before, rate)
    return typed


def _variant(variant: Variant, facts: Facts, truth: Truth, locale: str, currency: str) -> dict[str, Any]:
    stock = truth.available.get(variant.pk, 0)
    return variant_of(variant, facts, truth, locale, currency) | {"stock": stock, "in_stock": stock > 0}


def _in_bodies(facts: Facts) -> set[int]:
    return {id_ for content in facts.contents.values() for id_ in image_ids_in(content.body.raw_data)}
