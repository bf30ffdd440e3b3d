from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
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
from catalog.importing.wishes import Lookups
from catalog.inventory.services.ensure_items import ensure_items
from catalog.inventory.services.open_stock import open_stock
from catalog.listing.services.refresh import refresh
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.pricing.models import PriceLine
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import Product, ProductCore, Variant
from shop.core.db import lock_in_order
from shop.core.errors import Refusal as RefusedByShop
from shop.core.outbox import publish


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
    except (IntegrityError, DataError, RefusedByShop) as error:
        if len(records) == 1:
            return [Written(refusals=[_explain(records[0], error)])]
    return [written for record in records for written in write_chunk(records=[record], setting=setting)]


def _picture_names(records: Iterable[ProductRecord]) -> Iterator[str]:
    for record in records:
        for images in (record.images, *(variant.images for variant in record.variants)):
            yield from (image.name for image in images)


def _explain(record: ProductRecord, error: Exception) -> Refusal:
    reason = str(error).splitlines()[0]
    if isinstance(error, RefusedByShop):
        messages = [f"{name}: {', '.join(map(str, texts))}" for name, texts in error.errors.items()]
        reason = "; ".join(messages) or str(error.detail)
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
    written = Written()
    matches, written.refusals = match_products(records=records)
    lookups, brand_ids, tree_grew = _look_up([match.record for match in matches], setting, written)
    made = _insert([match.record for match in matches if match.core_id is None], lookups, setting, written)
    changed = _change([match for match in matches if match.core_id is not None], lookups, setting, written)
    if tree_grew:
        refresh_shelves()
    if made | changed:
        refresh(made | changed)
    if made or brand_ids:
        publish(ProductsImported(sorted(made), brand_ids), aggregate=setting.reference, at=setting.at)
    return written


def _look_up(records: list[ProductRecord], setting: ImportSetting, written: Written) -> tuple[Lookups, list[int], bool]:
    categories, tree_grew = place_categories(paths=dict.fromkeys(path for r in records for path in r.category_paths))
    default = Locale.get_default().language_code
    languages = frozenset(Locale.objects.exclude(language_code=default).values_list("language_code", flat=True))
    brands, brand_ids = settle_brands(names=[record.brand for record in records], at=setting.at)
    lookups = Lookups(
        brands=brands,
        categories=categories,
        words=settle_attributes(records=records),
        pictures=setting.pictures,
        languages=languages,
        tax_class_id=setting.tax_class_id,
        remarks=written.remarks,
        notes=written.notes,
    )
    return lookups, brand_ids, tree_grew


def _insert(new: list[ProductRecord], lookups: Lookups, setting: ImportSetting, written: Written) -> set[int]:
    if not new:
        return set()
    inserted = insert_new(records=new, lookups=lookups, at=setting.at)
    pairs = [
        (record, dict(zip([v.sku for v in record.variants], [v.pk for v in one.variants], strict=False)))
        for record, one in zip(new, inserted, strict=True)
    ]
    ensure_items(variant_ids=[pk for _, ids in pairs for pk in ids.values()])
    _set_prices(pairs, setting, every_currency=True)
    _open_stock(pairs, setting, written)
    for record in new:
        if not record.published:
            lookups.remark(
                record, "status", "", "a draft: import again once it is published, for its stock and currencies"
            )
    written.created += len(inserted)
    written.variants_created += sum(len(record.variants) for record in new)
    return {one.core.pk for one in inserted}


def _change(matches: list[Match], lookups: Lookups, setting: ImportSetting, written: Written) -> set[int]:
    """Each product in a savepoint of its own: one that is refused leaves the others alone."""
    if not matches:
        return set()
    _lock({match.core_id for match in matches})
    known = Known({match.core_id for match in matches})
    skus = {spec.sku for specs in known.specs.values() for spec in specs}
    changed: set[int] = set()
    accepted = []
    for match in matches:
        try:
            with transaction.atomic():
                if change_known(match=match, known=known, lookups=lookups):
                    changed.add(match.core_id)
            accepted.append(match)
        except (IntegrityError, DataError, RefusedByShop) as error:
            written.refusals.append(_explain(match.record, error))
    changed |= _change_live_rows(accepted, setting, written)
    cores = {match.core_id for match in accepted}
    written.variants_created += sum(v.sku not in skus for match in accepted for v in match.record.variants)
    written.changed += len(cores & changed)
    written.unchanged += len(cores - changed)
    return changed


def _lock(core_ids: set[int]) -> None:
    """Product rows, then cores, each by primary key, so that nothing changes between comparing and writing."""
    lock_in_order(Product.objects.filter(core_id__in=core_ids).only("pk"))
    lock_in_order(ProductCore.objects.filter(pk__in=core_ids).only("pk"))


def _change_live_rows(matches: list[Match], setting: ImportSetting, written: Written) -> set[int]:
    """Prices in other currencies and first counts of stock, for all at once; returns the products that changed."""
    skus = [variant.sku for match in matches for variant in match.record.variants]
    cores = {match.core_id for match in matches}
    live = dict(Variant.objects.filter(core_id__in=cores, active=True, sku__in=skus).values_list("sku", "pk"))
    core_of = {live[v.sku]: match.core_id for match in matches for v in match.record.variants if v.sku in live}
    pairs = [(match.record, {v.sku: live[v.sku] for v in match.record.variants if v.sku in live}) for match in matches]
    variants = _set_prices(pairs, setting, every_currency=False) | _open_stock(pairs, setting, written)
    return {core_of[pk] for pk in variants}


Pairs = list[tuple[ProductRecord, dict[str, int]]]


def _set_prices(pairs: Pairs, setting: ImportSetting, *, every_currency: bool) -> set[int]:
    """Base prices by currency. The default currency of a known product is its draft's matter, not this one's."""
    wanted: dict[str, dict[int, BasePrice]] = {}
    for record, ids in pairs:
        for variant in record.variants:
            if variant.sku not in ids:
                continue
            for currency, amount in variant.prices.items():
                if every_currency or currency != settings.DEFAULT_CURRENCY:
                    price = BasePrice(amount, variant.compare_at.get(currency))
                    wanted.setdefault(currency, {})[ids[variant.sku]] = price
    changed: set[int] = set()
    for currency, prices in sorted(wanted.items()):
        kept = prices if every_currency else _with_kept_compare_at(prices, currency, pairs)
        changed |= set_base_prices(prices=kept, currency=currency, at=setting.at)
    return changed


def _with_kept_compare_at(prices: Mapping[int, BasePrice], currency: str, pairs: Pairs) -> dict[int, BasePrice]:
    """A file without compare-at prices leaves those of the shop, unless they are not above the price any more."""
    if all("compare_at_price" in record.fields for record, _ in pairs):
        return dict(prices)
    lines = PriceLine.objects.filter(
        price_list__currency=currency, price_list__is_base=True, variant_id__in=prices, min_qty=1, valid_to=None,
        state=PriceLine.State.LIVE,
    )  # fmt: skip
    old = dict(lines.values_list("variant_id", "compare_at"))
    return {
        pk: BasePrice(price.amount, old[pk] if old.get(pk) and old[pk] > (price.amount or 0) else price.compare_at)
        for pk, price in prices.items()
    }


def _open_stock(pairs: Pairs, setting: ImportSetting, written: Written) -> set[int]:
    quantities = {ids[v.sku]: v.stock for record, ids in pairs for v in record.variants if v.stock and v.sku in ids}
    if not quantities:
        return set()
    opened = open_stock(quantities=quantities, at=setting.at, reference=setting.reference, actor="import")
    written.stock_opened += len(opened)
    if len(opened) < len(quantities):
        written.notes.setdefault("stock that the shop has counted before is not taken from the file")
    return opened
