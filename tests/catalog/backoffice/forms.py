"""What a browser posts from the product editor."""

from __future__ import annotations

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from catalog.product.models import Product


def url(name: str, *args, model: str = "product") -> str:
    return reverse(f"wagtailsnippets_product_{model}:{name}", args=args)


def variant(sku="MUG-1", price="649.00", compare_at="", options=None, pk="", **rest) -> dict:
    options = options or {}
    data = {"id": pk, "sku": sku, "price": price, "compare_at_price": compare_at, "gtin": "", "weight_grams": "",
            "image": "", "options-codes": list(options)}  # fmt: skip
    return data | {f"options-{code}": value for code, value in options.items()} | rest


def product_form(*, variants=None, images=(), categories=(), attributes=None, initial=(0, 0, 0), **fields) -> dict:
    variants = [variant()] if variants is None else variants
    attributes = attributes or {}
    data = {
        "title": "Mug", "slug": "", "summary": "", "body": streamfield([]), "brand": "", "tax_class": "",
        "seo_title": "", "seo_description": "", "go_live_at": "", "expire_at": "",
        "attributes-codes": list(attributes),
        **{f"attributes-{code}": value for code, value in attributes.items()},
        "variant_specs": inline_formset(variants, initial=initial[0]),
        "images": inline_formset(list(images), initial=initial[1]),
        "category_links": inline_formset(list(categories), initial=initial[2]),
        **fields,
    }  # fmt: skip
    return nested_form_data(data) | {key: data[key] for key in data if key.endswith("codes")} | _lists(data, variants)


def _lists(data: dict, variants: list[dict]) -> dict:
    """Fields that a browser sends several times under one name."""
    lists = {key: value for key, value in data.items() if key.startswith("attributes-")}
    for number, row in enumerate(variants):
        lists[f"variant_specs-{number}-options-codes"] = row["options-codes"]
    return lists


def editing(product: Product, **fields) -> dict:
    """The form as opened on the product's latest draft, with some fields changed."""
    product = Product.objects.get(pk=product.pk)
    draft = product.get_latest_revision_as_object()
    specs = [
        variant(
            sku=spec.sku, price=_decimal(spec.price), compare_at=_decimal(spec.compare_at_price),
            options=spec.options, pk=spec.pk or "",
        )
        for spec in draft.variant_specs.all()
    ]  # fmt: skip
    images = [{"id": row.pk or "", "image": row.image_id or "", "alt": row.alt} for row in draft.images.all()]
    links = [{"id": row.pk or "", "category": row.category_id} for row in draft.category_links.all()]
    initial = fields.pop("initial", None)
    loaded = {"loaded_revision_id": product.latest_revision_id or "", "loaded_revision_created_at": ""}
    if product.latest_revision:
        loaded["loaded_revision_created_at"] = product.latest_revision.created_at.isoformat()
    given = {"variants": specs, "images": images, "categories": links, "attributes": draft.attributes, **fields}
    counts = (
        len([s for s in specs if s["id"]]),
        len([i for i in images if i["id"]]),
        len([c for c in links if c["id"]]),
    )
    defaults = {"title": draft.title, "slug": draft.slug, "summary": draft.summary}
    return product_form(initial=initial or counts, **(defaults | given)) | loaded


def _decimal(paise: int | None) -> str:
    return "" if paise is None else f"{paise // 100}.{paise % 100:02d}"
