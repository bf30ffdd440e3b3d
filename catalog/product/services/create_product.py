from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from catalog.product.errors import SlugTaken
from catalog.product.inputs import ProductInput
from catalog.product.models import Product, ProductCore
from catalog.product.rules import slug_of
from catalog.product.selectors import free_slug
from catalog.product.services.refuse_taken_slug import refuse_taken_slug
from catalog.product.services.write_fields import resolve_variants, write_fields
from shop.core.errors import Invalid


def create_product(*, fields: ProductInput, by: Any = None, locale: str = "", draft: bool = False) -> ProductCore:
    """Make a product with its first revision and, unless `draft`, publish it. Prices in paise.

    Without `slug` a free one is made of the title, without `sku` one of the product's id. Raises Invalid (SlugTaken,
    SkuTaken, NotPublishable), with nothing written. Locks: what `Product.publish` locks.
    """
    with transaction.atomic():
        core = ProductCore.objects.create(key=uuid.uuid4(), created_at=timezone.now())
        product = Product(core=core, translation_key=core.key, locale=_language(locale), live=False, slug="")
        write_fields(product=product, fields=resolve_variants(product=product, fields=fields))
        _complete(product)
        _save(product)
        revision = product.save_revision(user=by, log_action="wagtail.create")
        if not draft:
            product.publish(revision, user=by, skip_permission_checks=True)
    return ProductCore.objects.get(pk=core.pk)


def _language(locale: str) -> Locale:
    """A language of the shop in which nobody has begun to write yet is not there for Wagtail."""
    found = Locale.objects.filter(language_code=locale).first() if locale else Locale.get_default()
    if found is None:
        raise Invalid(errors={"lang": [_("Not a language of this shop.")]})
    return found


def _complete(product: Product) -> None:
    product.slug = product.slug or free_slug(slug_of(product.title), locale_id=product.locale_id)
    refuse_taken_slug(product=product)
    specs = list(product.variant_specs.all())
    for number, spec in enumerate(specs, start=1):
        spec.sku = spec.sku or (f"P{product.core_id}" if len(specs) == 1 else f"P{product.core_id}-{number}")


def _save(product: Product) -> None:
    try:
        product.full_clean()
        with transaction.atomic():
            product.save()
    except ValidationError as refused:
        raise Invalid(errors=refused.message_dict) from refused
    except IntegrityError as clash:
        if "product_slug_per_language" not in str(clash):
            raise
        raise SlugTaken(errors={"slug": [SlugTaken.title]}) from clash
