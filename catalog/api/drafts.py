"""Products as those who edit them see them: drafts, and what was just written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.inventory.models import StockItem
from catalog.inventory.services.ensure_items import ensure_items
from catalog.inventory.services.receive import receive
from catalog.listing.interface import catalogue
from catalog.listing.services.draft import draft_of
from catalog.product.inputs import ProductInput
from catalog.product.models import ProductCore, Variant
from catalog.product.selectors import content_row
from catalog.product.services.create_product import create_product
from shop.core.context import ShopContext
from shop.core.errors import NotThere


def draft_json(product_id: int, context: ShopContext) -> dict[str, Any]:
    """The latest draft, in the asked language where the product has it. Raises NotThere."""
    try:
        row = content_row(product_id, context.locale)
    except NotThere:
        row = content_row(product_id)
    draft = row.get_latest_revision_as_object()
    state = {"live": row.live, "has_unpublished_changes": row.has_unpublished_changes}
    return draft_of(product=draft, context=context) | state


def written_json(product_id: int, context: ShopContext, *, draft: bool) -> dict[str, Any]:
    """The answer to a write: the product as it is sold now, else its draft."""
    live = None if draft else catalogue().detail(product_id, context)
    return json.loads(live) if live else draft_json(product_id, context)


def create_with_stock(
    *, fields: ProductInput, opening: Sequence[int], by: Any, locale: str, draft: bool
) -> ProductCore:  # fmt: skip
    """Make the product and receive its opening stock (units per variant, in their order), both or neither."""
    with transaction.atomic():
        core = create_product(fields=fields, by=by, locale=locale, draft=draft)
        variants = list(Variant.objects.filter(core=core, active=True).order_by("position", "pk"))
        ensure_items(variant_ids=[variant.pk for variant in variants])
        for variant, units in zip(variants, opening, strict=False):
            if units:
                item = StockItem.objects.filter(variant=variant).order_by("pk").first()
                receive(stock_item_id=item.pk, quantity=units, at=timezone.now(), reason="opening stock", actor=str(by))  # type: ignore[union-attr]
    return core
