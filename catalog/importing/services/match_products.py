from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.importing.records import ProductRecord, Refusal, shorten
from catalog.product.models import Product, Variant, VariantSpec


@dataclass(frozen=True)
class Match:
    """A record and its product. `only_variants`: found by the SKU of one variant of several, so the record speaks of
    that variant and not of the product."""

    record: ProductRecord
    core_id: int
    only_variants: bool = False


@dataclass
class Matches:
    new: list[ProductRecord] = field(default_factory=list)
    known: list[Match] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def records(self) -> list[ProductRecord]:
        return [*self.new, *(match.record for match in self.known)]


def match_products(*, records: Sequence[ProductRecord]) -> Matches:
    """Find each record's product in the shop: by the handle that the file gives, else by its SKUs."""
    by_handle = _cores_by_handle(records)
    by_sku = _cores_by_sku(records)
    several = _cores_of_several(set(by_sku.values()))
    matches = Matches()
    for record in records:
        owners = {by_sku[variant.sku]: variant for variant in record.variants if variant.sku in by_sku}
        core_id = None if record.handle_made else by_handle.get(record.handle)
        core_id = core_id or next(iter(owners), None)
        strange = next((variant for owner, variant in owners.items() if owner != core_id), None)
        if strange is not None:
            matches.refusals.append(
                _refuse(record, strange.lines[0], strange.sku, "this SKU belongs to another product")
            )
        elif core_id is not None:
            matches.known.append(Match(record, core_id, _speaks_of_one(record, core_id in several)))
        elif record.name is None:
            reason = "not in the shop, and the file has no name to make it with"
            matches.refusals.append(_refuse(record, record.lines[0], record.key, reason))
        else:
            matches.new.append(record)
    return matches


def _refuse(record: ProductRecord, line: int, value: str, reason: str) -> Refusal:
    return Refusal(line, "SKU", value, reason, shorten(record.name or record.key))


def _speaks_of_one(record: ProductRecord, several: bool) -> bool:
    return several and record.handle_made and not any(variant.options for variant in record.variants)


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
