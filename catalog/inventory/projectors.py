from __future__ import annotations

from catalog.inventory.services.ensure_items import ensure_items
from catalog.product.projection import Projected, projector


@projector(order=20)
def keep_stock_items(projected: Projected) -> None:
    """Every variant has its stock item; quantities are never touched by a publish."""
    ensure_items(variant_ids=[variant.pk for variant, _spec in projected.specs])
