from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from catalog.product.errors import NotPublishable
from catalog.product.inputs import ProductInput
from catalog.product.models import CategoryLink, Product, ProductCore, ProductImage, Variant, VariantSpec
from catalog.product.rules import problems_of

TEXTS = ("title", "slug", "summary", "seo_title", "seo_description")
SHARED = ("brand_id", "tax_class_id", "seller_id")
SPEC = ("sku", "options", "price", "compare_at_price", "gtin", "weight_grams", "image_id")
ON_VARIANT = ("sku", "options", "gtin", "weight_grams", "image_id")


@dataclass(frozen=True)
class NewProduct:
    """`fields` name title, slug and variants (each with its SKU); prices in paise. `translations` by language."""

    fields: ProductInput
    live: bool = True
    translations: Mapping[str, ProductInput] = field(default_factory=dict)


@dataclass(frozen=True)
class Inserted:
    """`variants` in their order; empty for a product that is not live yet."""

    core: ProductCore
    source: Product
    variants: list[Variant]


def insert_products(*, products: Sequence[NewProduct], at: datetime) -> list[Inserted]:
    """Many new products at once in the default language, without revisions: editorial and live rows as a publish would
    make them.

    Runs no projector and tells nobody: the caller sets prices, makes stock items and refreshes the listing, each for
    all of them. Raises NotPublishable before anything is written; IntegrityError for slugs and SKUs that are taken.
    """
    _refuse_unsellable(products)
    with transaction.atomic():
        cores = ProductCore.objects.bulk_create([_core(new, at) for new in products])
        locale_id = Locale.get_default().pk
        sources = [_source(core, new, locale_id, at) for core, new in zip(cores, products, strict=True)]
        Product.objects.bulk_create(sources)
        _insert_translations(cores, products, at)
        specs = _insert_children(sources, products)
        variants = _insert_variants(cores, specs)
    return [Inserted(core, source, variants[core.pk]) for core, source in zip(cores, sources, strict=True)]


def _refuse_unsellable(products: Sequence[NewProduct]) -> None:
    for new in products:
        if problems := problems_of([_spec(Product(), given, 0) for given in new.fields["variants"]]):
            raise NotPublishable(errors=problems, title=new.fields["title"])


def _core(new: NewProduct, at: datetime) -> ProductCore:
    live = {"is_live": True, "published_at": at, "version": 1} if new.live else {}
    shared = {name: new.fields.get(name) for name in SHARED}
    return ProductCore(key=uuid.uuid4(), attributes=new.fields.get("attributes", {}), **shared, **live)


def _source(core: ProductCore, new: NewProduct, locale_id: int, at: datetime) -> Product:
    product = _texts(core, new.fields, new.live, at)
    product.locale_id = locale_id
    product.attributes = core.attributes
    for name in SHARED:
        setattr(product, name, getattr(core, name))
    return product


def _texts(core: ProductCore, fields: Mapping[str, Any], live: bool, at: datetime) -> Product:
    product = Product(core=core, translation_key=core.key, live=live, has_unpublished_changes=not live)
    if live:
        product.first_published_at = product.last_published_at = at
    for name in TEXTS:
        setattr(product, name, fields.get(name) or "")
    body = [{"id": str(uuid.uuid4()), **block} for block in fields.get("body", [])]
    product.body = product._meta.get_field("body").to_python(body)
    return product


def _insert_translations(cores: list[ProductCore], products: Sequence[NewProduct], at: datetime) -> None:
    locales = dict(Locale.objects.values_list("language_code", "pk"))
    rows = []
    for core, new in zip(cores, products, strict=True):
        for code, fields in new.translations.items():
            content = _texts(core, fields, new.live, at)
            content.locale_id, content.is_source = locales[code], False
            rows.append(content)
    Product.objects.bulk_create(rows)


def _insert_children(sources: list[Product], products: Sequence[NewProduct]) -> list[list[VariantSpec]]:
    """Category links, pictures, and the specs of each product, which are returned."""
    links, images, specs = [], [], []
    for product, new in zip(sources, products, strict=True):
        shelves = dict.fromkeys(new.fields.get("category_ids", ()))
        links += [CategoryLink(product=product, category_id=pk, sort_order=i) for i, pk in enumerate(shelves)]
        given = new.fields.get("images", ())
        images += [ProductImage(product=product, sort_order=i, **image) for i, image in enumerate(given)]
        specs.append([_spec(product, variant, i) for i, variant in enumerate(new.fields["variants"])])
    CategoryLink.objects.bulk_create(links)
    ProductImage.objects.bulk_create(images)
    VariantSpec.objects.bulk_create([spec for row in specs for spec in row])
    return specs


def _spec(product: Product, given: Mapping[str, Any], position: int) -> VariantSpec:
    known = {name: given[name] for name in SPEC if name in given}
    return VariantSpec(product=product, sort_order=position, **known)


def _insert_variants(cores: list[ProductCore], specs: list[list[VariantSpec]]) -> dict[int, list[Variant]]:
    made: dict[int, list[Variant]] = {}
    for core, row in zip(cores, specs, strict=True):
        made[core.pk] = [_variant(core, spec, i) for i, spec in enumerate(row)] if core.is_live else []
    Variant.objects.bulk_create([variant for row in made.values() for variant in row])
    return made


def _variant(core: ProductCore, spec: VariantSpec, position: int) -> Variant:
    return Variant(core=core, key=spec.key, position=position, **{name: getattr(spec, name) for name in ON_VARIANT})
