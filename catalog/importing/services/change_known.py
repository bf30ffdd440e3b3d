from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.utils.functional import cached_property

from catalog.importing.records import ProductRecord
from catalog.importing.services.match_products import Match
from catalog.importing.wishes import Lookups, wish_for_product, wish_for_variant, wishes_for_translations
from catalog.product.inputs import ProductInput, VariantInput
from catalog.product.merge import comparable
from catalog.product.models import CategoryLink, Product, ProductImage, VariantSpec
from catalog.product.services.change_product import change_product
from catalog.product.services.translate_product import translate_product
from catalog.product.services.unpublish_product import unpublish_product


class Known:
    """What the shop holds of the products that a chunk found, read in a handful of queries."""

    def __init__(self, core_ids: set[int]):
        self.core_ids = core_ids
        rows = Product.objects.filter(core_id__in=core_ids).select_related("locale")
        self.contents = {(row.core_id, row.locale.language_code): row for row in rows}
        self.sources = {row.core_id: row for row in self.contents.values() if row.is_source}

    @cached_property
    def specs(self) -> dict[int, list[VariantSpec]]:
        return self._by_core(VariantSpec.objects.all())

    @cached_property
    def category_ids(self) -> dict[int, list[int]]:
        return {
            core: [row.category_id for row in rows] for core, rows in self._by_core(CategoryLink.objects.all()).items()
        }

    @cached_property
    def images(self) -> dict[int, list[tuple[int | None, str]]]:
        return {
            core: [(row.image_id, row.alt) for row in rows]
            for core, rows in self._by_core(ProductImage.objects.all()).items()
        }

    def _by_core(self, rows: Any) -> dict[int, list[Any]]:
        core_of = {source.pk: core_id for core_id, source in self.sources.items()}
        found: dict[int, list[Any]] = {core_id: [] for core_id in self.core_ids}
        for row in rows.filter(product_id__in=core_of).order_by("sort_order", "pk"):
            found[core_of[row.product_id]].append(row)
        return found


def change_known(*, match: Match, known: Known, lookups: Lookups) -> bool:
    """Write what the file says otherwise than the shop; False where they agree. Writes only those fields: onto the live
    product and onto a draft that waits. Raises what `change_product` raises, with nothing written.

    Locks: what `change_product` locks.
    """
    record, core_id = match.record, match.core_id
    source = known.sources[core_id]
    fields: dict[str, Any] = {} if match.only_variants else _changed_fields(record, core_id, known, lookups)
    fields |= _changed_variants(record, known.specs[core_id], lookups)
    if match.only_variants:
        lookups.remark(
            record, "SKU", record.variants[0].sku, "one variant of several: its product's texts are left alone"
        )
    if fields:
        change_product(product_id=core_id, fields=cast(ProductInput, fields))
    changed = _change_state(record, source, lookups) or bool(fields)
    if not match.only_variants:
        changed = _change_translations(record, core_id, known, lookups) or changed
    return changed


def _changed_fields(record: ProductRecord, core_id: int, known: Known, lookups: Lookups) -> dict[str, Any]:
    wish = wish_for_product(record, lookups)
    source = known.sources[core_id]
    changed: dict[str, Any] = _differing(wish, source)
    if "attributes" in wish and (merged := source.attributes | wish["attributes"]) != source.attributes:
        changed["attributes"] = merged
    if "category_ids" in wish and list(dict.fromkeys(wish["category_ids"])) != known.category_ids[core_id]:
        changed["category_ids"] = wish["category_ids"]
    if "images" in wish and [image["image_id"] for image in wish["images"]] != [pk for pk, _ in known.images[core_id]]:
        changed["images"] = wish["images"]
    return changed


def _differing(wish: Mapping[str, Any], product: Product) -> dict[str, Any]:
    plain = ("title", "summary", "seo_title", "seo_description", "brand_id")
    changed = {name: wish[name] for name in plain if name in wish and wish[name] != getattr(product, name)}
    if "body" in wish and comparable(wish["body"]) != comparable(list(product.body.raw_data)):
        changed["body"] = wish["body"]
    return changed


def _changed_variants(record: ProductRecord, specs: list[VariantSpec], lookups: Lookups) -> dict[str, Any]:
    """Variants that the shop does not have yet come after those it has; none is ever taken away."""
    by_sku = {spec.sku: spec for spec in specs}
    wishes = [wish_for_variant(record, variant, lookups) for variant in record.variants]
    updates = [update for wish in wishes if wish["sku"] in by_sku and (update := _update(by_sku[wish["sku"]], wish))]
    new = [wish for wish in wishes if wish["sku"] not in by_sku]
    if not new:
        return {"variant_updates": updates} if updates else {}
    changes = {update["key"]: update for update in updates}
    return {"variants": [*(changes.get(spec.key, {"key": spec.key}) for spec in specs), *new]}


def _update(spec: VariantSpec, wish: VariantInput) -> dict[str, Any] | None:
    changed: dict[str, Any] = {name: value for name, value in wish.items() if value != getattr(spec, name)}
    price = changed.get("price", spec.price)
    compare_at = changed.get("compare_at_price", spec.compare_at_price)
    if compare_at is not None and (price is None or compare_at <= price):
        changed["compare_at_price"] = None
    return {"key": spec.key, **changed} if changed else None


def _change_state(record: ProductRecord, source: Product, lookups: Lookups) -> bool:
    if not {"status", "published"} & record.fields or record.published == source.live:
        return False
    if source.live:
        unpublish_product(product_id=source.core_id)
        return True
    if source.last_published_at is not None:
        lookups.remark(record, "status", "", "was taken off sale in the shop; it stays off")
        return False
    change_product(product_id=source.core_id, fields={}, publish=True)
    return True


def _change_translations(record: ProductRecord, core_id: int, known: Known, lookups: Lookups) -> bool:
    changed = False
    for code, wish in wishes_for_translations(record, lookups).items():
        content = known.contents.get((core_id, code))
        if content is None:
            _translate(core_id, code, wish, live=known.sources[core_id].live)
            changed = True
        elif fields := _differing(wish, content):
            change_product(product_id=core_id, fields=cast(ProductInput, fields), locale=code)
            changed = True
    return changed


def _translate(core_id: int, code: str, wish: ProductInput, *, live: bool) -> None:
    translate_product(product_id=core_id, locale=code)
    change_product(product_id=core_id, fields=wish, locale=code, publish=live)
