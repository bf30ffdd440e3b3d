"""Puts a program's input onto a product object: the live one and a draft get the same, and only that."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _

from catalog.product.inputs import ProductInput
from catalog.product.models import CategoryLink, CategoryPage, Product, ProductImage, Variant, VariantSpec
from shop.core.errors import Invalid

PLAIN = ("title", "slug", "summary", "seo_title", "seo_description", "brand_id", "tax_class_id", "seller_id",
         "attributes", "related")  # fmt: skip
SPEC = ("sku", "options", "price", "compare_at_price", "gtin", "weight_grams", "image_id")
OF_ONLY_VARIANT = ("sku", "price", "compare_at_price")


def write_fields(*, product: Product, fields: ProductInput) -> None:
    """Set what `fields` names. Writes nothing to the database. Raises Invalid.

    Call `resolve_variants` first, so that every variant is named by its key.
    """
    given: Mapping[str, Any] = fields
    for name in PLAIN:
        if name in given:
            setattr(product, name, given[name])
    if "body" in fields:
        product.body = product._meta.get_field("body").to_python(_with_ids(fields["body"]))
    if "category_ids" in fields:
        product.category_links = _links(fields["category_ids"])
    if "images" in fields:
        product.images = [ProductImage(sort_order=i, **given) for i, given in enumerate(fields["images"])]
    _write_variants(product, fields)


def resolve_variants(*, product: Product, fields: ProductInput) -> ProductInput:
    """The same input with every variant named by key, as `product` knows them. Raises Invalid."""
    resolved: dict[str, Any] = dict(fields)
    of_only = {name: resolved.pop(name) for name in OF_ONLY_VARIANT if name in resolved}
    specs = list(product.variant_specs.all())
    for name in ("variants", "variant_updates"):
        if name in fields:
            resolved[name] = [_with_key(given, product, specs) for given in fields[name]]
    if "variant_updates" in fields:
        _refuse_unknown(resolved["variant_updates"], specs)
    if of_only:
        _refuse_many(specs, of_only, fields)
        key = specs[0].key if specs else uuid.uuid4()
        resolved["variant_updates" if specs else "variants"] = [{"key": key, **of_only}]
    return cast(ProductInput, resolved)


def _with_ids(body: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": str(uuid.uuid4()), **block} for block in body]


def _links(category_ids: Sequence[int]) -> list[CategoryLink]:
    wanted = list(dict.fromkeys(category_ids))
    known = set(CategoryPage.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := [pk for pk in wanted if pk not in known]:
        raise Invalid(errors={"category": [_("There is no category %(id)s.") % {"id": pk} for pk in missing]})
    return [CategoryLink(category_id=pk, sort_order=position) for position, pk in enumerate(wanted)]


def _with_key(given: Mapping[str, Any], product: Product, specs: list[VariantSpec]) -> dict[str, Any]:
    values = {name: given[name] for name in SPEC if name in given}
    return {"key": _key_of(given, product, specs), **values}


def _key_of(given: Mapping[str, Any], product: Product, specs: list[VariantSpec]) -> uuid.UUID:
    if "id" in given:
        key = Variant.objects.filter(core_id=product.core_id, pk=given["id"]).values_list("key", flat=True).first()
        if key is None:
            raise Invalid(errors={"variants": [_("There is no variant %(id)s.") % {"id": given["id"]}]})
        return key
    if "key" in given:
        return given["key"]
    return next((spec.key for spec in specs if spec.sku and spec.sku == given.get("sku")), None) or _retired_key(
        given, product
    )


def _retired_key(given: Mapping[str, Any], product: Product) -> uuid.UUID:
    """A SKU that comes back is the variant that it was, with its stock and history."""
    if not product.core_id or not given.get("sku"):
        return uuid.uuid4()
    retired = Variant.objects.filter(core_id=product.core_id, sku=given["sku"], active=False).order_by("-pk")
    return retired.values_list("key", flat=True).first() or uuid.uuid4()


def _refuse_unknown(updates: list[dict[str, Any]], specs: list[VariantSpec]) -> None:
    known = {spec.key for spec in specs}
    if any(update["key"] not in known for update in updates):
        raise Invalid(errors={"variants": [_("The product has no such variant.")]})


def _refuse_many(specs: list[VariantSpec], of_only: dict[str, Any], fields: ProductInput) -> None:
    if len(specs) > 1 or "variants" in fields:
        message = _("The product has several variants: use “variants”.")
        raise Invalid(errors={name: [message] for name in of_only})


def _write_variants(product: Product, fields: ProductInput) -> None:
    specs = {spec.key: spec for spec in product.variant_specs.all()}
    if "variants" in fields:
        wanted = [(given, specs.get(given["key"]) or VariantSpec(key=given["key"])) for given in fields["variants"]]
        for position, (given, spec) in enumerate(wanted):
            spec.sort_order = position
            _set(spec, given)
        product.variant_specs = [spec for _given, spec in wanted]
    if "variant_updates" in fields:
        for given in fields["variant_updates"]:
            if given["key"] in specs:  # a draft may have dropped it
                _set(specs[given["key"]], given)
        product.variant_specs = list(specs.values())


def _set(spec: VariantSpec, given: Mapping[str, Any]) -> None:
    for name in SPEC:
        if name in given:
            setattr(spec, name, given[name])
