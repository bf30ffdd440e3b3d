"""From the drafts of one product's rows to its record, or to the reasons why it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from catalog.importing.amounts import Conversion, convert_prices
from catalog.importing.columns import Columns
from catalog.importing.drafts import Draft
from catalog.importing.keys import make_handle, make_sku
from catalog.importing.records import (
    ImageReference,
    ProductRecord,
    Refusal,
    Remark,
    Translation,
    VariantRecord,
    shorten,
)

Value = TypeVar("Value")

MOST_VARIANTS = 250
_FIELDS = {
    "name",
    "description",
    "brand",
    "category",
    "tags",
    "attribute",
    "attributes",
    "image",
    "seo_title",
    "seo_description",
    "price",
    "compare_at_price",
    "stock",
    "max_per_order",
    "weight",
    "barcode",
    "status",
    "published",
}


@dataclass
class Taken:
    """What is not free any more: handles that the file gives or that were made, and SKUs with the line of each."""

    given: Callable[[str], bool]
    made: set[str] = field(default_factory=set)
    skus: dict[str, int] = field(default_factory=dict)

    def __contains__(self, handle: object) -> bool:
        return handle in self.made or self.given(str(handle))


@dataclass
class Bench:
    """What assembling needs besides the drafts."""

    columns: Columns
    conversions: tuple[Conversion, ...]
    translations: Mapping[str, Mapping[str, Translation]]
    taken: Taken

    def heading(self, field: str) -> str:
        return self.columns.fields.get(field, field)

    def speaks_of(self) -> frozenset[str]:
        bases = {name.partition(":")[0] for name in self.columns.fields}
        if "sale_price" in bases:
            bases.add("compare_at_price")
        return frozenset(bases & _FIELDS)


def assemble_product(key: str, drafts: list[Draft], bench: Bench) -> ProductRecord | list[Refusal]:
    """All of the product, or every fault that was found in it."""
    work = _Assembly(key, drafts, bench)
    if not work.faults:
        work.settle_lead()
        work.settle_variants()
    if work.faults:
        return [replace(fault, product=work.label) for fault in work.faults]
    return work.record()


class _Assembly:
    def __init__(self, key: str, drafts: list[Draft], bench: Bench):
        self.key = key
        self.drafts = drafts
        self.bench = bench
        self.faults = [fault for draft in drafts for fault in draft.faults]
        self.remarks = [remark for draft in drafts for remark in draft.remarks]
        self.lead = drafts[0]
        self.variants: list[Draft] = []

    @property
    def label(self) -> str:
        named = (draft.name or draft.handle or draft.sku for draft in self.drafts)
        return shorten(next(filter(None, named), ""))

    def refuse(self, draft: Draft, field: str, value: object, reason: str) -> None:
        self.faults.append(Refusal(draft.line, shorten(self.bench.heading(field)), shorten(value), reason))

    def remark(self, draft: Draft, field: str, value: object, reason: str) -> None:
        column = shorten(self.bench.heading(field)) if field else ""
        self.remarks.append(Remark(draft.line, column, shorten(value), reason, self.label))

    def settle_lead(self) -> None:
        """The first row that names the product speaks for it; rows that name another are refused."""
        named = [draft for draft in self.drafts if draft.name]
        self.lead = named[0] if named else self.drafts[0]
        if not named and self.bench.columns.has("name"):
            self.refuse(self.lead, "name", "", "the name is missing")
        for draft in named[1:]:
            if draft.name != self.lead.name:
                reason = f"another name than on line {self.lead.line} for the same product"
                self.refuse(draft, "name", draft.name, reason)

    def first(self, read: Callable[[Draft], Value], nothing: Value) -> Value:
        """What the leading row says, else the first row that says something."""
        return next(
            (value for draft in (self.lead, *self.drafts) if (value := read(draft)) not in (None, nothing)), nothing
        )

    def settle_variants(self) -> None:
        tellers = [draft for draft in self.drafts if draft.tells_of_variant]
        with_options = [draft for draft in tellers if draft.options]
        for draft in sorted(tellers, key=lambda draft: not draft.options):
            if draft is self.lead and not draft.options and with_options and not self._same_variant(draft):
                self._demote(draft)
            else:
                self._take_variant(draft)
        if not self.variants:
            self.variants.append(self._single())
        self._check_variants()
        for variant in self.variants:
            self._settle_prices(variant)
        self._check_skus()

    def _demote(self, draft: Draft) -> None:
        """A row that only heads its variants: its price and stock are placeholders."""
        if any(draft.prices.values()) or draft.stock:
            self.remark(
                draft, "price", "", "price and stock of the heading row are not used: its variants have their own"
            )

    def _single(self) -> Draft:
        return replace(self.lead, faults=[], remarks=[], variant_images=[])

    def _take_variant(self, draft: Draft) -> None:
        earlier = self._same_variant(draft)
        if earlier is None:
            self.variants.append(replace(draft, prices=dict(draft.prices), compare_at=dict(draft.compare_at)))
        else:
            self._add_prices(earlier, draft)

    def _same_variant(self, draft: Draft) -> Draft | None:
        """A row that repeats a SKU, or the options of a variant without one, adds to it."""
        for variant in self.variants:
            same_sku = draft.sku and draft.sku == variant.sku and draft.options in ((), variant.options)
            same_options = not draft.sku and draft.options and draft.options == variant.options
            if same_sku or same_options:
                return variant
        return None

    def _add_prices(self, variant: Draft, draft: Draft) -> None:
        for name, known, added in (
            ("price", variant.prices, draft.prices),
            ("compare_at_price", variant.compare_at, draft.compare_at),
        ):
            for currency, amount in added.items():
                if known.setdefault(currency, amount) != amount:
                    reason = f"another {currency} amount than on line {variant.line} for the same SKU"
                    self.refuse(draft, name, draft.sku, reason)
        if draft.stock is not None and variant.stock not in (None, draft.stock):
            self.refuse(draft, "stock", draft.stock, f"another stock than on line {variant.line} for the same SKU")
        variant.stock = draft.stock if variant.stock is None else variant.stock
        if draft.max_per_order is not None and variant.max_per_order not in (None, draft.max_per_order):
            reason = f"another number than on line {variant.line} for the same SKU"
            self.refuse(draft, "max_per_order", draft.max_per_order, reason)
        variant.max_per_order = draft.max_per_order if variant.max_per_order is None else variant.max_per_order

    def _check_variants(self) -> None:
        if len(self.variants) > MOST_VARIANTS:
            self.refuse(self.lead, "sku", len(self.variants), f"more than {MOST_VARIANTS} variants")
        if len(self.variants) == 1:
            return
        names = {name for name, _ in self.variants[0].options}
        seen: dict[frozenset, int] = {}
        for variant in self.variants:
            self._check_options(variant, names, seen)

    def _check_options(self, variant: Draft, names: set[str], seen: dict[frozenset, int]) -> None:
        if not variant.options:
            reason = "several rows of one product, and nothing tells this variant from the others"
            advice = "; name its option with --map column=option:Size" if self.bench.columns.format == "plain" else ""
            self.refuse(variant, "sku", variant.sku, reason + advice)
        elif {name for name, _ in variant.options} != names:
            self.refuse(variant, "option1:name", variant.sku, "other options than the product's first variant")
        elif frozenset(variant.options) in seen:
            line = seen[frozenset(variant.options)]
            value = ", ".join(value for _, value in variant.options)
            self.refuse(variant, "option1:value", value, f"the same options as on line {line}")
        seen.setdefault(frozenset(variant.options), variant.line)

    def _settle_prices(self, variant: Draft) -> None:
        """A price of 0 is a placeholder, not a gift; a compare-at price that is not higher means none."""
        if any(amount == 0 for amount in variant.prices.values()):
            self.remark(variant, "price", "0", "a price of 0 is taken for no price: listed, but not for sale")
        elif not variant.prices and self.bench.columns.qualified("price"):
            self.remark(variant, "price", variant.sku, "no price: listed, but not for sale")
        prices = {currency: amount for currency, amount in variant.prices.items() if amount}
        for currency, amount in variant.compare_at.items():
            if 0 < amount < prices.get(currency, 0):
                self.remark(variant, "compare_at_price", "", "a compare-at price below the price; left out")
        variant.prices = convert_prices(prices, self.bench.conversions)
        variant.compare_at = {
            currency: amount
            for currency, amount in convert_prices(variant.compare_at, self.bench.conversions).items()
            if variant.prices.get(currency, amount) < amount
        }

    def _check_skus(self) -> None:
        own: dict[str, int] = {}
        for variant in self.variants:
            if not variant.sku:
                variant.sku, variant.sku_made = self._make_sku(variant), True
            line = self.bench.taken.skus.get(variant.sku) or own.get(variant.sku)
            if line is not None:
                self.refuse(variant, "sku", variant.sku, f"another variant has this SKU on line {line}")
            own[variant.sku] = variant.line
        if not self.faults:
            self.bench.taken.skus |= own

    def _make_sku(self, variant: Draft) -> str:
        identity = variant.identity or tuple(part for option in variant.options for part in option)
        return make_sku(self.key, *identity)

    def record(self) -> ProductRecord:
        handle, handle_made = self._handle()
        variants = tuple(self._variant_record(variant) for variant in self.variants)
        return ProductRecord(
            key=handle if not handle_made else variants[0].sku,
            handle=handle,
            handle_made=handle_made,
            name=self.lead.name or None,
            description=self.first(lambda draft: draft.description, ""),
            description_is_html=self.lead.description_is_html,
            brand=self.first(lambda draft: draft.brand, ""),
            category_paths=_once(path for draft in self.drafts for path in draft.category_paths),
            tags=_once(tag for draft in self.drafts for tag in draft.tags),
            attributes=tuple(self._attributes().items()),
            variants=variants,
            images=_once_by_name(image for draft in self.drafts for image in draft.images),
            translations=self._translations(handle),
            seo_title=self.first(lambda draft: draft.seo_title, ""),
            seo_description=self.first(lambda draft: draft.seo_description, ""),
            published=self.first(lambda draft: draft.published, None) is not False,
            fields=self.bench.speaks_of(),
            lines=tuple(sorted({draft.line for draft in self.drafts})),
            remarks=tuple(self.remarks),
        )

    def _handle(self) -> tuple[str, bool]:
        if given := self.first(lambda draft: draft.handle, ""):
            return given, False
        handle = make_handle(self.lead.name or self.variants[0].sku, self.key, taken=self.bench.taken)
        self.bench.taken.made.add(handle)
        return handle, True

    def _attributes(self) -> dict[str, str]:
        merged: dict[str, str] = {}
        for draft in (self.lead, *self.drafts):
            merged = draft.attributes | merged
        return merged

    def _translations(self, handle: str) -> dict[str, Translation]:
        texts: dict[str, dict[str, str]] = {}
        for draft in self.drafts:
            for locale, fields in draft.texts.items():
                texts[locale] = fields | texts.get(locale, {})
        return {locale: Translation(**fields) for locale, fields in texts.items()} | dict(
            self.bench.translations.get(handle, {})
        )

    def _variant_record(self, variant: Draft) -> VariantRecord:
        return VariantRecord(
            sku=variant.sku,
            sku_made=variant.sku_made,
            options=variant.options,
            prices=variant.prices,
            compare_at=variant.compare_at,
            stock=variant.stock,
            max_per_order=variant.max_per_order,
            images=_once_by_name(variant.variant_images),
            weight_grams=variant.weight_grams,
            barcode=variant.barcode,
            lines=(variant.line,),
        )


def _once(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def _once_by_name(images: Iterable[ImageReference]) -> tuple[ImageReference, ...]:
    named: dict[str, ImageReference] = {}
    for image in images:
        named.setdefault(image.name, image)
    return tuple(named.values())
