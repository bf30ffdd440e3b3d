from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wagtail.models import Locale

from catalog.importing.keys import make_handle
from catalog.importing.records import ProductRecord
from catalog.importing.wishes import Lookups, wish_for_product, wish_for_variant, wishes_for_translations
from catalog.product.inputs import ProductInput
from catalog.product.models import Product
from catalog.product.services.insert_products import Inserted, NewProduct, insert_products


def insert_new(*, records: Sequence[ProductRecord], lookups: Lookups, at: datetime) -> list[Inserted]:
    """Make the products of these records, in bulk and without revisions. Raises what `insert_products` raises."""
    handles = _free_handles(records)
    products = [_new_product(record, handles[record.key], lookups) for record in records]
    return insert_products(products=products, at=at)


def _new_product(record: ProductRecord, handle: str, lookups: Lookups) -> NewProduct:
    fields: ProductInput = wish_for_product(record, lookups)
    fields["slug"] = handle
    fields["tax_class_id"] = lookups.tax_class_id
    fields["variants"] = [wish_for_variant(record, variant, lookups) for variant in record.variants]
    translations = wishes_for_translations(record, lookups)
    for wish in translations.values():
        wish["slug"] = handle
    return NewProduct(fields, record.published, translations)


def _free_handles(records: Sequence[ProductRecord]) -> dict[str, str]:
    """Handles by record key. A made handle that the shop has already taken gets a suffix; one that the file gives is
    kept and, if it is taken after all, refused by the database."""
    wanted = {record.handle for record in records}
    slugs = Product.objects.filter(locale=Locale.get_default(), slug__in=wanted).values_list("slug", flat=True)
    taken = set(slugs)
    handles = {}
    for record in records:
        free = not record.handle_made or record.handle not in taken
        handles[record.key] = record.handle if free else _suffixed(record, taken)
        taken.add(handles[record.key])
    return handles


def _suffixed(record: ProductRecord, taken: set[str]) -> str:
    candidates = Product.objects.filter(slug__startswith=record.handle[:60]).values_list("slug", flat=True)
    return make_handle(record.name or record.key, record.key, taken=taken | set(candidates))
