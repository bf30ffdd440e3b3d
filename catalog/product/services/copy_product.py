from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.product.models import CategoryLink, Product, ProductCore, ProductImage, VariantSpec
from catalog.product.rules import slug_of
from catalog.product.selectors import content_row, free_slug

TEXTS = ("locale_id", "summary", "body", "seo_title", "seo_description", "brand_id", "tax_class_id", "seller_id",
         "attributes", "related")  # fmt: skip
SPEC = ("options", "price", "compare_at_price", "weight_grams", "image_id", "sort_order")


def copy_product(*, product_id: int, by: Any = None) -> Product:
    """A new product, as a draft with what the latest draft of this one says: without SKUs, barcodes and stock.

    Raises NotThere.
    """
    with transaction.atomic():
        original = content_row(product_id).get_latest_revision_as_object()
        core = ProductCore.objects.create(key=uuid.uuid4())
        copy = Product(core=core, translation_key=core.key, live=False)
        for name in TEXTS:
            setattr(copy, name, getattr(original, name))
        copy.title = _("%(title)s (copy)") % {"title": original.title[:240]}
        copy.slug = free_slug(slug_of(copy.title), locale_id=copy.locale_id)
        _copy_rows(original, copy)
        copy.save()
        copy.save_revision(user=by, log_action="wagtail.copy", clean=False)
    return copy


def _copy_rows(original: Product, copy: Product) -> None:
    links = original.category_links.all()
    copy.category_links = [CategoryLink(category_id=link.category_id, sort_order=link.sort_order) for link in links]
    images = original.images.all()
    copy.images = [ProductImage(image_id=i.image_id, alt=i.alt, sort_order=i.sort_order) for i in images]
    copy.variant_specs = [
        VariantSpec(sku="", **{name: getattr(spec, name) for name in SPEC}) for spec in original.variant_specs.all()
    ]
