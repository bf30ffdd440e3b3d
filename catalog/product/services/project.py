"""Draft becomes fact: the live rows of a product after its publication."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.product import projection
from catalog.product.errors import NotPublishable, SkuTaken
from catalog.product.events import ProductPublished
from catalog.product.models import Product, ProductCore, Variant, VariantSpec
from catalog.product.projection import Projected, at_moment
from catalog.product.rules import problems_of
from shop.core.db import lock_in_order
from shop.core.outbox import publish


@at_moment("live")
def project(*, product: Product, at: datetime, previous_slug: str = "") -> ProductCore:
    """Write what the published product says into its live rows, in the open transaction. Idempotent.

    A translation changes no live row but the version. Raises NotPublishable, SkuTaken. Locks: the core, its variants
    by primary key, then what the projectors lock (prices, stock items last).
    """
    core = ProductCore.objects.select_for_update().get(pk=product.core_id)
    core.version += 1
    if product.is_source:
        specs = list(product.variant_specs.order_by("sort_order", "pk"))
        _refuse_unsellable(specs)
        _copy_shared(core, product, at)
        pairs = _write_variants(core, specs, at)
    core.save()
    if product.is_source:
        projection.run_projectors(Projected(core, product, pairs, at))
    publish(ProductPublished(core.pk, product.locale.language_code), aggregate=f"product:{core.pk}", at=at)
    return core


def _refuse_unsellable(specs: list[VariantSpec]) -> None:
    problems = problems_of(specs)
    if problems:
        raise NotPublishable(errors=problems)


def _copy_shared(core: ProductCore, source: Product, at: datetime) -> None:
    core.brand_id, core.tax_class_id, core.seller_id = source.brand_id, source.tax_class_id, source.seller_id
    core.attributes = source.attributes
    core.is_live = source.live
    core.published_at = core.published_at or at


def _write_variants(core: ProductCore, specs: list[VariantSpec], at: datetime) -> list[tuple[Variant, VariantSpec]]:
    """Upsert by key, retire what the draft no longer has. Nothing is deleted: orders and stock point at variants."""
    known = {variant.key: variant for variant in lock_in_order(core.variants.all())}
    _step_aside(known, specs, at)
    pairs = []
    for position, spec in enumerate(specs):
        variant = known.get(spec.key) or Variant(core=core, key=spec.key)
        _copy_spec(variant, spec, position)
        pairs.append((variant, spec))
    _save(pairs)
    return pairs


def _step_aside(known: dict, specs: list[VariantSpec], at: datetime) -> None:
    """Retire missing variants, and free SKUs that move from one variant to another: UNIQUE is checked row by row."""
    wanted = {spec.key: spec.sku for spec in specs}
    retired = [variant for key, variant in known.items() if variant.active and key not in wanted]
    Variant.objects.filter(pk__in=[v.pk for v in retired]).update(active=False, retired_at=at)
    moving = [v.pk for key, v in known.items() if key in wanted and v.active and v.sku != wanted[key]]
    Variant.objects.filter(pk__in=moving).update(active=False)


def _copy_spec(variant: Variant, spec: VariantSpec, position: int) -> None:
    variant.sku, variant.options, variant.gtin = spec.sku, spec.options, spec.gtin
    variant.weight_grams, variant.image_id, variant.position = spec.weight_grams, spec.image_id, position
    variant.active, variant.retired_at = True, None


def _save(pairs: list[tuple[Variant, VariantSpec]]) -> None:
    for variant, spec in pairs:
        try:
            with transaction.atomic():
                variant.save()
        except IntegrityError as clash:
            if "variant_active_sku" not in str(clash):
                raise
            message = _("SKU %(sku)s belongs to another product.") % {"sku": spec.sku}
            raise SkuTaken(message, errors={"variants": [message]}, sku=spec.sku) from clash
