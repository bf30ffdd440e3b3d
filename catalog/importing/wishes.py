"""What a record asks the shop to hold, in the shop's own ids and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings

from catalog.importing.content import describe, fit_text
from catalog.importing.records import ImageReference, ProductRecord, Remark, Translation, VariantRecord, shorten
from catalog.product.inputs import ImageInput, ProductInput, VariantInput

LONGEST_SEO_TITLE = 70
LONGEST_SEO_DESCRIPTION = 170


class Words(Protocol):
    def describe(self, pairs: Any) -> tuple[dict[str, Any], list[tuple[str, str]]]: ...


class Pictures(Protocol):
    def id_of(self, name: str) -> int | None: ...

    def why_refused(self, name: str) -> str: ...


@dataclass
class Lookups:
    """Ids of what the records name. `pictures` is None where no folder of pictures was given; `languages` are those
    that the shop has beside its default one."""

    brands: Mapping[str, int]
    categories: Mapping[tuple[str, ...], int]
    words: Words
    pictures: Pictures | None
    languages: frozenset[str]
    tax_class_id: int | None
    remarks: list[Remark] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    def remark(self, record: ProductRecord, column: str, value: object, reason: str) -> None:
        self.remarks.append(Remark(record.lines[0], column, shorten(value), reason, shorten(record.name or record.key)))

    def note(self, text: str) -> None:
        self.notes.setdefault(text)


def wish_for_product(record: ProductRecord, lookups: Lookups) -> ProductInput:
    """The fields that the file speaks of, without variants and slug."""
    wish: ProductInput = {}
    if record.name is not None:
        wish["title"] = record.name
    if "description" in record.fields:
        _wish_description(wish, record.description, is_html=record.description_is_html)
    _wish_seo(wish, record, lookups)
    if "brand" in record.fields:
        _wish_brand(wish, record, lookups)
    if record.attributes:
        wish["attributes"], unfit = lookups.words.describe(record.attributes)
        for name, value in unfit:
            lookups.remark(record, name, value, "does not fit the attribute of this name; left out")
    if record.category_paths:
        wish["category_ids"] = [lookups.categories[path] for path in record.category_paths]
    if images := wish_for_images(record, record.images, lookups):
        wish["images"] = images
    return wish


def _wish_description(wish: ProductInput, text: str, *, is_html: bool) -> None:
    """A body stays where the file has only two lines: a merchandiser may have written it."""
    description = describe(text, is_html=is_html)
    wish["summary"] = description.summary
    if description.body:
        wish["body"] = [{"type": "text", "value": description.body}]


def _wish_seo(wish: ProductInput, record: ProductRecord, lookups: Lookups) -> None:
    if "seo_title" in record.fields:
        wish["seo_title"] = _fit(record, "SEO title", record.seo_title, LONGEST_SEO_TITLE, lookups)
    if "seo_description" in record.fields:
        text = _fit(record, "SEO description", record.seo_description, LONGEST_SEO_DESCRIPTION, lookups)
        wish["seo_description"] = text


def _fit(record: ProductRecord, column: str, text: str, longest: int, lookups: Lookups) -> str:
    fitting = fit_text(" ".join(text.split()), longest)
    if len(text) > longest:
        lookups.remark(record, column, text, f"cut to {longest} characters")
    return fitting


def _wish_brand(wish: ProductInput, record: ProductRecord, lookups: Lookups) -> None:
    wish["brand_id"] = lookups.brands.get(record.brand)
    if record.brand and record.brand not in lookups.brands:
        lookups.remark(record, "brand", record.brand, "longer than a brand's name may be; left out")


def wish_for_images(
    record: ProductRecord, references: tuple[ImageReference, ...], lookups: Lookups
) -> list[ImageInput]:
    """Nothing where no folder of pictures was given."""
    if lookups.pictures is None:
        return []
    images: list[ImageInput] = []
    for reference in references:
        image_id = lookups.pictures.id_of(reference.name)
        if image_id is not None:
            images.append({"image_id": image_id, "alt": reference.alt})
        elif reason := lookups.pictures.why_refused(reference.name):
            lookups.remark(record, "image", reference.name, f"picture {reason}; left out")
    return images


def wish_for_variant(record: ProductRecord, variant: VariantRecord, lookups: Lookups) -> VariantInput:
    """The SKU, and what the file says of the variant in the shop's default currency (paise)."""
    wish: VariantInput = {"sku": variant.sku}
    if variant.options:
        wish["options"] = lookups.words.describe(variant.options)[0]
    currency = settings.DEFAULT_CURRENCY
    if currency in variant.prices:
        wish["price"] = variant.prices[currency]
        if "compare_at_price" in record.fields:
            wish["compare_at_price"] = variant.compare_at.get(currency)
    if variant.barcode:
        wish["gtin"] = variant.barcode
    if variant.weight_grams is not None:
        wish["weight_grams"] = variant.weight_grams
    if images := wish_for_images(record, variant.images, lookups):
        wish["image_id"] = images[0]["image_id"]
    return wish


def wish_for_translation(translation: Translation) -> ProductInput:
    """Texts that the file gives in another language."""
    wish: ProductInput = {}
    if translation.name:
        wish["title"] = translation.name
    if translation.description is not None:
        _wish_description(wish, translation.description, is_html="</" in translation.description)
    if translation.seo_title is not None:
        wish["seo_title"] = fit_text(translation.seo_title, LONGEST_SEO_TITLE)
    if translation.seo_description is not None:
        wish["seo_description"] = fit_text(translation.seo_description, LONGEST_SEO_DESCRIPTION)
    return wish


def wishes_for_translations(record: ProductRecord, lookups: Lookups) -> dict[str, ProductInput]:
    """By language; a language that the shop does not have is told once."""
    wishes = {}
    for locale, translation in record.translations.items():
        if locale not in lookups.languages:
            lookups.note(f"texts in {locale!r} are not imported: the shop has no such language")
        elif not translation.name:
            lookups.remark(record, "name", locale, "a translation without a name; left out")
        else:
            wishes[locale] = wish_for_translation(translation)
    return wishes
