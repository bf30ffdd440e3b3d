from __future__ import annotations

from catalog.importing.events import ProductsImported
from catalog.importing.tasks import index_rows
from catalog.product.models import Product
from shop.core.outbox import Message, subscribe


@subscribe(ProductsImported.name)
def find_in_admin(message: Message) -> None:
    """Rows that were inserted in bulk sent no signals, which keep Wagtail's two indexes."""
    contents = Product.objects.filter(core_id__in=message.payload["product_ids"]).values_list("pk", flat=True)
    index_rows.enqueue("product.Product", sorted(contents))
    if message.payload["brand_ids"]:
        index_rows.enqueue("product.Brand", message.payload["brand_ids"])
