"""What the read model is made from: the truth of many products, read in a handful of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.db import connection

from catalog.inventory.selectors import available_for
from catalog.listing.images import Picture, image_ids_in, pictures_of
from catalog.listing.models import Placement
from catalog.listing.ratings import Rating, ratings_of
from catalog.listing.selectors.tree import Tree, read_tree
from catalog.pricing.rules import Price
from catalog.pricing.selectors import prices_for
from catalog.product.models import Attribute, AttributeValue, CategoryLink, Product, ProductCore, ProductImage, Variant
from shop.core.context import ShopContext


@dataclass
class Facts:
    """All that is known of one live product. `contents` by language, the source among them."""

    core: ProductCore
    source: Product
    contents: dict[str, Product] = field(default_factory=dict)
    categories: list[int] = field(default_factory=list)  # source-language ids, the main one first
    variants: list[Variant] = field(default_factory=list)
    images: dict[int, list[ProductImage]] = field(default_factory=dict)  # by content id
    popularity: int = 0
    rating: Rating | None = None

    def content(self, locale: str) -> Product:
        """The translation, else the source (decisions 4)."""
        return self.contents.get(locale, self.source)

    def images_in(self, locale: str) -> list[ProductImage]:
        return self.images.get(self.content(locale).pk) or self.images.get(self.source.pk) or []


@dataclass
class Truth:
    """A batch of products and what they share. `prices` by currency and variant, `available` by variant."""

    at: datetime
    products: dict[int, Facts]
    tree: Tree
    attributes: dict[str, Attribute]
    prices: dict[str, dict[int, Price]]
    available: dict[int, int]
    pictures: dict[int, Picture]
    stood_on: set[int]  # shelves that the read model showed them on


def read_truth(core_ids: Sequence[int], at: datetime) -> Truth:
    """Read the live products among `core_ids`; those that are not live are missing from `products`."""
    products = _products(core_ids)
    stood_on = _add_popularity(products, core_ids)
    tree = read_tree()
    _add_categories(products, tree)
    _add_variants(products)
    _add_images(products)
    _add_ratings(products)
    variants = [variant.pk for facts in products.values() for variant in facts.variants]
    context = ShopContext.now().at_time(at)
    return Truth(
        at=at,
        products=products,
        tree=tree,
        attributes=read_attributes(),
        prices={code: prices_for(variants, replace(context, currency=code)) for code in settings.CURRENCIES},
        available=available_for(variants),
        pictures=pictures_of(_image_ids(products.values())),
        stood_on=stood_on,
    )


def read_attributes() -> dict[str, Attribute]:
    """Attributes by code, in their order, with their values as `known_values`."""
    rows = list(Attribute.objects.order_by("position", "pk"))
    known: dict[int, dict[str, AttributeValue]] = {attribute.pk: {} for attribute in rows}
    for value in AttributeValue.objects.order_by("sort_order", "pk"):
        known[value.attribute_id][value.value] = value
    for attribute in rows:
        attribute.known_values = known[attribute.pk]
    return {attribute.code: attribute for attribute in rows}


def _products(core_ids: Sequence[int]) -> dict[int, Facts]:
    contents = Product.objects.filter(core_id__in=core_ids, core__is_live=True, live=True)
    products: dict[int, Facts] = {}
    translations: list[Product] = []
    for content in contents.select_related("core__brand__image", "locale").order_by("core_id", "locale__language_code"):
        if content.is_source:
            products[content.core_id] = Facts(content.core, content)
        translations.append(content)
    for content in translations:
        if content.core_id in products:
            products[content.core_id].contents[content.locale.language_code] = content
    return products


def _add_categories(products: Mapping[int, Facts], tree: Tree) -> None:
    by_source = {facts.source.pk: facts for facts in products.values()}
    links = CategoryLink.objects.filter(product_id__in=by_source).order_by("product_id", "sort_order", "pk")
    for product_id, page_id in links.values_list("product_id", "category_id"):
        category = tree.source_of.get(page_id)
        if category is not None and category not in by_source[product_id].categories:
            by_source[product_id].categories.append(category)


def _add_variants(products: Mapping[int, Facts]) -> None:
    for variant in Variant.objects.filter(core_id__in=products, active=True).order_by("core_id", "position", "pk"):
        products[variant.core_id].variants.append(variant)


def _add_images(products: Mapping[int, Facts]) -> None:
    by_content = {content.pk: facts for facts in products.values() for content in facts.contents.values()}
    rows = ProductImage.objects.filter(product_id__in=by_content, image__isnull=False)
    for image in rows.order_by("product_id", "sort_order", "pk"):
        by_content[image.product_id].images.setdefault(image.product_id, []).append(image)


def _add_popularity(products: Mapping[int, Facts], core_ids: Sequence[int]) -> set[int]:
    """Keep what the clock counted; returns the shelves on which these products stand until now."""
    shelves = set()
    rows = Placement.objects.filter(core_id__in=core_ids).values_list("core_id", "category_id", "popularity")
    for core_id, category_id, sold in rows.distinct():
        shelves.add(category_id)
        if core_id in products:
            products[core_id].popularity = sold
    return shelves


def _add_ratings(products: Mapping[int, Facts]) -> None:
    for core_id, rating in ratings_of(sorted(products)).items():
        products[core_id].rating = rating


def _image_ids(products: Iterable[Facts]) -> set[int]:
    ids: set[int] = set()
    for facts in products:
        ids.update(image.image_id for images in facts.images.values() for image in images)
        ids.update(variant.image_id for variant in facts.variants if variant.image_id)
        for content in facts.contents.values():
            ids.update(image_ids_in(content.body.raw_data))
    return ids


def units_sold(since: datetime) -> dict[int, int]:
    """Units shipped since then by product, from the stock ledger."""
    statement = """
        SELECT variant.core_id, -sum(movement.delta) FROM inventory_stockmovement movement
        JOIN inventory_stockitem item ON item.id = movement.stock_item_id
        JOIN product_variant variant ON variant.id = item.variant_id
        WHERE movement.kind = 'sale' AND movement.at >= %s GROUP BY 1"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [since])
        return {core_id: int(sold) for core_id, sold in cursor.fetchall()}
