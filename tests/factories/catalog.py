"""A shelf with products on it, as publishing would leave them: live rows, content, price and stock."""

from __future__ import annotations

import io
import itertools
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from catalog.inventory.services.ensure_items import ensure_items
from catalog.inventory.services.receive import receive
from catalog.listing.services.refresh import refresh
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import (
    Attribute,
    AttributeValue,
    Brand,
    CategoryLink,
    CategoryPage,
    Product,
    ProductCore,
    ProductImage,
    Variant,
)
from tests.factories.variants import item_of, make_tax_class

_numbers = itertools.count(1)


def language(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def home() -> Page:
    """The page that categories stand below: the root of the default site."""
    return Page.objects.filter(depth=2).order_by("pk").first() or Page.objects.get(depth=1).add_child(title="Home")


def make_category(title: str = "Mugs", *, parent: Page | None = None, slug: str = "", **fields: Any) -> CategoryPage:
    page = CategoryPage(title=title, slug=slug or f"shelf-{next(_numbers)}", locale=language("en"), **fields)
    (parent or home()).add_child(instance=page)
    refresh_shelves()
    return page


def translate_category(category: CategoryPage, title: str, slug: str, code: str = "hi") -> CategoryPage:
    page = CategoryPage(title=title, slug=slug, locale=language(code), translation_key=category.translation_key)
    home().add_child(instance=page)
    refresh_shelves()
    return page


def make_brand(name: str = "", **fields: Any) -> Brand:
    number = next(_numbers)
    return Brand.objects.create(name=name or f"Maker {number}", slug=fields.pop("slug", f"maker-{number}"), **fields)


def make_attribute(code: str, values: Mapping[str, str], *, type_: str = "choice", **fields: Any) -> Attribute:
    """`values`: label by value; for a color `label #hex`."""
    attribute = Attribute.objects.create(code=code, name=code.title(), type=type_, is_filterable=True, **fields)
    for position, (value, text) in enumerate(values.items()):
        label, _sep, swatch = text.partition(" #")
        AttributeValue.objects.create(
            attribute=attribute, value=value, label=label, swatch=f"#{swatch}" if swatch else "", sort_order=position
        )
    return attribute


def make_image(*, width: int = 800, height: int = 800, title: str = "A mug"):
    file = io.BytesIO()
    Picture.new("RGB", (width, height), (211, 198, 183)).save(file, "PNG")
    file.seek(0)
    return get_image_model().objects.create(title=title, file=ImageFile(file, name=f"mug-{next(_numbers)}.png"))


def make_product(
    title: str = "Chai mug", *, categories: Sequence[CategoryPage] = (), price: int | None = 64900,
    compare_at: int | None = None, stock: int = 10, options: Sequence[Mapping[str, str]] = ({},), days_old: int = 60,
    prices: Mapping[str, int] | None = None, images: Sequence[Any] = (), brand: Brand | None = None,
    attributes: Mapping[str, Any] | None = None, refreshed: bool = True, sku: str = "", **content: Any,
) -> ProductCore:  # fmt: skip
    """Prices in paise, for every variant alike; `options` one mapping per variant; `prices` in other currencies."""
    at = timezone.now() - timedelta(days=days_old)
    core = ProductCore.objects.create(
        tax_class=make_tax_class(1800), is_live=True, published_at=at, brand=brand, attributes=dict(attributes or {})
    )
    product = Product.objects.create(
        core=core, translation_key=core.key, locale=language("en"), title=title, live=True,
        slug=content.pop("slug", "") or f"piece-{core.pk}", **content,
    )  # fmt: skip
    for position, category in enumerate(categories):
        CategoryLink.objects.create(product=product, category=category, sort_order=position)
    for position, image in enumerate(images):
        ProductImage.objects.create(product=product, image=image, alt="", sort_order=position)
    variants = [
        Variant.objects.create(
            core=core, key=uuid.uuid4(), sku=sku or f"OS-{core.pk}-{position}", options=dict(given), position=position
        )
        for position, given in enumerate(options)
    ]
    _price(variants, {"INR": (price, compare_at), **{code: (amount, None) for code, amount in (prices or {}).items()}})
    _stock(variants, stock)
    if refreshed:
        refresh([core.pk])
    return core


def translate(core: ProductCore, title: str, *, code: str = "hi", slug: str = "", **fields: Any) -> Product:
    content = Product.objects.create(
        core=core, translation_key=core.key, locale=language(code), is_source=False, live=True, title=title,
        slug=slug or f"{code}-{core.pk}", **fields,
    )  # fmt: skip
    refresh([core.pk])
    return content


def _price(variants: Sequence[Variant], prices: Mapping[str, tuple[int | None, int | None]]) -> None:
    for currency, (amount, compare_at) in prices.items():
        wanted = {variant.pk: BasePrice(amount, compare_at) for variant in variants if amount is not None}
        set_base_prices(prices=wanted, currency=currency, at=timezone.now() - timedelta(days=1))


def _stock(variants: Sequence[Variant], units: int) -> None:
    ensure_items(variant_ids=[variant.pk for variant in variants])
    for variant in variants if units else ():
        receive(stock_item_id=item_of(variant).pk, quantity=units, at=timezone.now(), reason="opening stock")
