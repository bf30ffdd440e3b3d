"""A product leaves the shop; its live rows stay for orders, stock and history."""

from __future__ import annotations

from datetime import datetime

from catalog.product.events import ProductUnpublished
from catalog.product.models import Product, ProductCore
from catalog.product.projection import at_moment
from shop.core.outbox import publish


@at_moment("off")
def take_off(*, product: Product, at: datetime) -> None:
    """Note that this language of the product is not shown any more; the source takes it off sale in all.

    Locks: the core.
    """
    core = ProductCore.objects.select_for_update().get(pk=product.core_id)
    if product.is_source:
        core.is_live = False
    core.version += 1
    core.save(update_fields=["is_live", "version"])
    publish(ProductUnpublished(core.pk, product.locale.language_code), aggregate=f"product:{core.pk}", at=at)
