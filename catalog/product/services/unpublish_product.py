from __future__ import annotations

from typing import Any

from django.db import transaction

from catalog.product.models import ProductCore
from catalog.product.selectors import content_row


def unpublish_product(*, product_id: int, by: Any = None, locale: str = "") -> ProductCore:
    """Take a product off sale in every language, or hide one translation (`locale`). Again: no effect.

    Its variants, stock, prices and orders stay. Raises NotThere. Locks: the product's row, then the core.
    """
    with transaction.atomic():
        row = content_row(product_id, locale, lock=True)
        if row.live:
            row.unpublish(user=by, skip_permission_checks=True)
    return ProductCore.objects.get(pk=product_id)
