from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DataError, IntegrityError, transaction
from wagtail.models import Locale

from catalog.importing.events import ProductsImported
from catalog.importing.records import ProductRecord, Refusal, Remark, shorten
from catalog.importing.services.change_known import Known, change_known
from catalog.importing.services.insert_new import insert_new
from catalog.importing.services.match_products import Match, match_products
from catalog.importing.services.place_categories import place_categories
from catalog.importing.services.settle_attributes import settle_attributes
from catalog.importing.services.settle_brands import settle_brands
from catalog.importing.services.store_images import PictureStore, store_images
from catalog.importing.services.write_live_rows import LiveProduct, write_live_rows
from catalog.importing.wishes import Lookups
from catalog.inventory.services.ensure_items import ensure_items
from catalog.listing.projectors import shown_together
from catalog.listing.services.refresh import refresh
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.product.models import Product, ProductCore, Variant
from shop.core.db import lock_in_order
from shop.core.errors import Refusal as RefusedByShop
from shop.core.outbox import publish

REFUSED = (IntegrityError, DataError, RefusedByShop)


@dataclass(frozen=True)
class ImportSetting:
    """What is the same for every chunk of an import."""

    at: datetime
    reference: str
    dry_run: bool = False
    pictures: PictureStore | None = None
    tax_class_id: int | None = None


@dataclass
class Written:
    """What became of the records of a chunk."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    variants_created: int = 0
    stock_opened: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)


def write_chunk(*, records: Sequence[ProductRecord], setting: ImportSetting) -> list[Written]:
    """Bring these products into the shop in one transaction. What one of them breaks, it alone is refused for: then
    each is written in a transaction of its own.

    Locks: the rows of products that are known already, then their cores, then what `change_product` locks; stock items
    that have not moved yet.
    """
    if setting.pictures is not None:
        store_images(store=setting.pictures, names=_picture_names(records))
    try:
        return [_write_or_roll_back(records, setting)]
    except REFUSED as error:
        if len(records) == 1:
            return [Written(refusals=[_explain(records[0], error)])]
    return [written for record in records for written in write_chunk(records=[record], setting=setting)]


def _picture_names(records: Iterable[ProductRecord]) -> Iterator[str]:
    for record in records:
        for images in (record.images, *(variant.images for variant in record.variants)):
            yield from (image.name for image in images)


def _explain(record: ProductRecord, error: Exception) -> Refusal:
    if isinstance(error, RefusedByShop):
        messages = [f"{name}: {', '.join(map(str, texts))}" for name, texts in error.errors.items()]
        reason = "; ".join(messages) or str(error.detail)
    else:
        reason = " ".join(str(error).split())
    return Refusal(
        record.lines[0], "", shorten(record.key), f"refused by the shop: {reason}", shorten(record.name or "")
    )


def _write_or_roll_back(records: Sequence[ProductRecord], setting: ImportSetting) -> Written:
    with transaction.atomic():
        written = _write(records, setting)
        if setting.dry_run:
            transaction.set_rollback(True)
    return written


def _write(records: Sequence[ProductRecord], setting: ImportSetting) -> Written:
    matches = match_products(records=records)
    written = Written(refusals=matches.refusals)
    lookups, brand_ids, tree_grew = _look_up(matches.records, setting, written)
    made = _insert(matches.new, lookups, setting, written)
    repriced = _change(matches.known, lookups, setting, written)
    if tree_grew:
        refresh_shelves()
    refresh(made | repriced)
    if made or brand_ids:
        publish(ProductsImported(sorted(made), brand_ids), aggregate=setting.reference, at=setting.at)
    return written


def _look_up(records: list[ProductRecord], setting: ImportSetting, written: Written) -> tuple[Lookups, list[int], bool]:
    """What the records name, made where it is missing; the brands that were; and whether the tree of categories grew."""
    paths = dict.fromkeys(path for record in records for path in record.category_paths)
    categories, tree_grew = place_categories(paths=paths)
    brands, brand_ids = settle_brands(names=[record.brand for record in records], at=setting.at)
    others = Locale.objects.exclude(pk=Locale.get_default().pk).values_list("language_code", flat=True)
    lookups = Lookups(
        brands=brands,
        categories=categories,
        words=settle_attributes(records=records),
        pictures=setting.pictures,
        languages=frozenset(others),
        tax_class_id=setting.tax_class_id,
        remarks=written.remarks,
        notes=written.notes,
    )
    return lookups, brand_ids, tree_grew


def _insert(new: list[ProductRecord], lookups: Lookups, setting: ImportSetting, written: Written) -> set[int]:
    """Make new products with prices and stock; returns their core ids."""
    inserted = insert_new(records=new, lookups=lookups, at=setting.at) if new else []
    products = [
        LiveProduct(record, {variant.sku: variant.pk for variant in one.variants}, is_new=True)
        for record, one in zip(new, inserted, strict=True)
    ]
    ensure_items(variant_ids=[pk for product in products for pk in product.variant_ids.values()])
    _write_live(products, setting, written)
    for record in new:
        if not record.published:
            lookups.remark(
                record, "status", "", "a draft: import again once it is published, for its stock and currencies"
            )
    written.created += len(inserted)
    written.variants_created += sum(len(record.variants) for record in new)
    return {one.core.pk for one in inserted}


def _change(known: list[Match], lookups: Lookups, setting: ImportSetting, written: Written) -> set[int]:
    """Returns the products whose live rows alone were changed, so that nobody has shown them yet."""
    if not known:
        return set()
    shop = _lock({match.core_id for match in known})
    skus = {spec.sku for specs in shop.specs.values() for spec in specs}
    with shown_together():
        accepted, published = _change_each(known, shop, lookups, written)
        repriced = _change_live_rows(accepted, setting, written)
    cores = {match.core_id for match in accepted}
    written.variants_created += sum(v.sku not in skus for match in accepted for v in match.record.variants)
    written.changed += len(cores & (published | repriced))
    written.unchanged += len(cores - published - repriced)
    return repriced - published


def _lock(core_ids: set[int]) -> Known:
    """Product rows, then cores, each by primary key, so that nothing changes between comparing and writing."""
    lock_in_order(Product.objects.filter(core_id__in=core_ids).only("pk"))
    lock_in_order(ProductCore.objects.filter(pk__in=core_ids).only("pk"))
    return Known(core_ids)


def _change_each(matches: list[Match], shop: Known, lookups: Lookups, written: Written) -> tuple[list[Match], set[int]]:
    """Each product in a savepoint of its own: one that is refused leaves the others alone."""
    accepted: list[Match] = []
    published: set[int] = set()
    for match in matches:
        try:
            with transaction.atomic():
                if change_known(match=match, known=shop, lookups=lookups):
                    published.add(match.core_id)
            accepted.append(match)
        except REFUSED as error:
            written.refusals.append(_explain(match.record, error))
    return accepted, published


def _change_live_rows(matches: list[Match], setting: ImportSetting, written: Written) -> set[int]:
    skus = [variant.sku for match in matches for variant in match.record.variants]
    rows = Variant.objects.filter(core_id__in={match.core_id for match in matches}, active=True, sku__in=skus)
    live = {sku: (pk, core_id) for sku, pk, core_id in rows.values_list("sku", "pk", "core_id")}
    products = [
        LiveProduct(match.record, {v.sku: live[v.sku][0] for v in match.record.variants if v.sku in live}, is_new=False)
        for match in matches
    ]
    changed = _write_live(products, setting, written)
    return {core_id for pk, core_id in live.values() if pk in changed}


def _write_live(products: list[LiveProduct], setting: ImportSetting, written: Written) -> set[int]:
    changes = write_live_rows(products=products, at=setting.at, reference=setting.reference)
    written.stock_opened += len(changes.opened)
    if changes.counted_before:
        written.notes.setdefault("stock that the shop has counted before is not taken from the file")
    return changes.repriced | changes.opened
