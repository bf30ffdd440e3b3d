from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.importing.records import ProductRecord, Refusal
from catalog.product.models import Product, Variant, VariantSpec


@dataclass(frozen=True)
class Match:
    """`core_id` is None for a product that is new. `only_variants`: found by the SKU of one variant of several, so the
    record speaks of that variant and not of the product."""

    record: ProductRecord
    core_id: int | None
    only_variants: bool = False


def match_products(*, records: Sequence[ProductRecord]) -> tuple[list[Match], list[Refusal]]:
    """Find each record's product in the shop: by the handle that the file gives, else by its SKUs."""
    by_handle = _cores_by_handle(records)
    by_sku = _cores_by_sku(records)
    several = _cores_of_several(set(by_sku.values()))
    matches: list[Match] = []
    refusals: list[Refusal] = []
    for record in records:
        found = _match(record, by_handle, by_sku, several)
        (matches if isinstance(found, Match) else refusals).append(found)
    return matches, refusals


def _match(
    record: ProductRecord, by_handle: dict[str, int], by_sku: dict[str, int], several: set[int]
) -> Match | Refusal:
    cores = {by_sku[variant.sku]: variant for variant in record.variants if variant.sku in by_sku}
    core_id = None if record.handle_made else by_handle.get(record.handle)
    strange = [variant for known, variant in cores.items() if known != core_id] if core_id else list(cores.values())[1:]
    if strange:
        line, sku = strange[0].lines[0], strange[0].sku
        return Refusal(line, "SKU", sku, "this SKU belongs to another product of the shop", record.name or record.key)
    if core_id is None and cores:
        core_id = next(iter(cores))
    if core_id is None and record.name is None:
        return Refusal(record.lines[0], "", record.key, "not in the shop, and the file has no name to make it with")
    only_variants = record.handle_made and core_id in several and not any(v.options for v in record.variants)
    return Match(record, core_id, only_variants)


def _cores_by_handle(records: Sequence[ProductRecord]) -> dict[str, int]:
    handles = [record.handle for record in records if not record.handle_made]
    return dict(Product.objects.filter(is_source=True, slug__in=handles).values_list("slug", "core_id"))


def _cores_by_sku(records: Sequence[ProductRecord]) -> dict[str, int]:
    """By drafted variants as well as by live ones: a product that was never published has no live rows."""
    skus = [variant.sku for record in records for variant in record.variants]
    drafted = VariantSpec.objects.filter(product__is_source=True, sku__in=skus).values_list("sku", "product__core_id")
    live = Variant.objects.filter(active=True, sku__in=skus).values_list("sku", "core_id")
    return dict(drafted) | dict(live)


def _cores_of_several(core_ids: set[int]) -> set[int]:
    seen: set[int] = set()
    specs = VariantSpec.objects.filter(product__is_source=True, product__core_id__in=core_ids)
    rows = specs.values_list("product__core_id", flat=True)
    return {core_id for core_id in rows if core_id in seen or seen.add(core_id)}  # type: ignore[func-returns-value]
