"""Which products show what: whom to refresh when a shared thing changes."""

from __future__ import annotations

from django.db.models import Q

from catalog.listing.models import Detail
from catalog.product.models import CategoryLink, CategoryPage, Product, ProductCore, Variant


def cores_showing(image_id: int) -> list[int]:
    """Products with this picture in their gallery, on a variant or (live) in their text."""
    pictured = Q(images__image_id=image_id) | Q(body__contains=[{"type": "picture"}])
    contents = Product.objects.filter(pictured, live=True).values_list("core_id", flat=True)
    variants = Variant.objects.filter(image_id=image_id, active=True).values_list("core_id", flat=True)
    return sorted({*contents, *variants})


def cores_of_brand(brand_id: int) -> list[int]:
    return list(ProductCore.objects.filter(brand_id=brand_id, is_live=True).values_list("pk", flat=True))


def cores_below(category_id: int) -> list[int]:
    """Live products on this category's page, its translations, or any page below them."""
    page = CategoryPage.objects.filter(pk=category_id).first()
    if page is None:
        return []
    below = Q(pk__in=[])
    for translation in CategoryPage.objects.filter(translation_key=page.translation_key):
        below |= Q(path__startswith=translation.path)
    pages = CategoryPage.objects.filter(below).values_list("pk", flat=True)
    links = CategoryLink.objects.filter(category_id__in=list(pages), product__is_source=True, product__live=True)
    return list(links.values_list("product__core_id", flat=True).distinct())


def slug_in(slug: str, locale: str) -> str | None:
    """The slug in this language of the product that has `slug` in another one."""
    cores = Detail.objects.filter(slug=slug, is_fallback=False).values("core_id")
    return Detail.objects.filter(core_id__in=cores, locale=locale).values_list("slug", flat=True).first()
