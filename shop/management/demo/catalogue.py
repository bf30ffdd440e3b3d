"""Shelves, makers, attributes and products, in English and Hindi."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page

from catalog.inventory.models import StockItem
from catalog.inventory.services.receive import receive
from catalog.pricing.models import TaxRate
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import (
    Attribute,
    AttributeValue,
    Brand,
    CategoryPage,
    Product,
    ProductCore,
    TaxClass,
    Variant,
)
from catalog.product.services.change_product import change_product
from catalog.product.services.create_product import create_product
from shop.accounts.models import User
from shop.core.money import Money
from shop.management.demo.clock import shifted_to
from shop.management.demo.content import others, read, told
from shop.management.demo.pictures import picture


def make_tax_classes() -> dict[str, TaxClass]:
    made = {}
    for row in read("catalogue")["tax_classes"]:
        made[row["code"]] = TaxClass.objects.create(code=row["code"], name=row["title"])
        begins = datetime.combine(date.fromisoformat(row["valid_from"]), time(), tzinfo=UTC)
        basis_points = int(Decimal(row["rate"]) * 100)
        TaxRate.objects.create(tax_class=made[row["code"]], basis_points=basis_points, valid_from=begins)
    return made


def make_attributes() -> None:
    rows = {row["code"]: row for row in read("catalogue")["attributes"]}
    for product in read("catalogue")["products"]:
        for option in product.get("options", ()):
            known = rows.setdefault(option["code"], {**option, "type": "choice", "filterable": True, "values": []})
            known["is_option"] = True
            have = {value["value"] for value in known["values"]}
            known["values"] += [value for value in option["values"] if value["value"] not in have]
    for position, row in enumerate(rows.values()):
        _make_attribute(row, position)


def _make_attribute(row: dict[str, Any], position: int) -> None:
    attribute = Attribute.objects.create(
        code=row["code"],
        name=told(row["name"], "en"),
        names=others(row["name"]),
        type=row["type"],
        unit=row.get("unit", ""),
        is_option=row.get("is_option", False),
        is_filterable=row.get("filterable", False),
        position=position,
    )
    AttributeValue.objects.bulk_create(
        AttributeValue(
            attribute=attribute, sort_order=order, value=value["value"], label=told(value["label"], "en"),
            labels=others(value["label"]), swatch=value.get("swatch", ""),
        )
        for order, value in enumerate(row.get("values", ()))
    )  # fmt: skip


def make_brands() -> dict[str, Brand]:
    made = {}
    for row in read("catalogue")["brands"]:
        made[row["slug"]] = Brand.objects.create(
            name=row["name"],
            slug=row["slug"],
            place=row["town"],
            since=row.get("since"),
            story=f"<p>{told(row['story'], 'en')}</p>",
            texts={language: {"story": f"<p>{text}</p>"} for language, text in others(row["story"]).items()},
            image=picture(row["picture"]) if row.get("picture") else None,
        )
        made[row["slug"]].save_revision().publish()
    return made


def make_categories(homes: dict[str, Page]) -> dict[str, CategoryPage]:
    """Pages below each language's home page; returns the source-language ones by slug."""
    made: dict[str, dict[str, CategoryPage]] = {}
    for row in read("catalogue")["categories"]:
        above = {code: made[row["parent"]][code] if row.get("parent") else homes[code] for code in homes}
        source = CategoryPage(locale=Locale.objects.get(language_code="en"), **_category_facts(row, "en"))
        above["en"].add_child(instance=source)
        translated = CategoryPage(
            locale=Locale.objects.get(language_code="hi"), translation_key=source.translation_key,
            **_category_facts(row, "hi"),
        )  # fmt: skip
        above["hi"].add_child(instance=translated)
        for page in (source, translated):
            page.save_revision().publish()
        made[row["slug"]] = {"en": source, "hi": translated}
    return {slug: pages["en"] for slug, pages in made.items()}


def _category_facts(row: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "title": told(row["title"], language),
        "slug": row["slug"] if language == "en" else row["slug_hi"],
        "intro": f"<p>{told(row['intro'], language)}</p>",
        "search_description": told(row["intro"], language)[:160],
        "hero": picture(row["hero"]) if row.get("hero") else None,
    }


def make_products(
    *, now: datetime, tax_classes: dict[str, TaxClass], brands: dict[str, Brand], categories: dict[str, CategoryPage]
) -> dict[str, ProductCore]:
    """Every product, published when the file says, with its prices in both currencies and its opening stock. First
    drafts of all: "goes with" names others, and a product that is published once is not published twice."""
    rows = sorted(read("catalogue")["products"], key=lambda row: -row["published_days_ago"])
    made = {}
    for row in rows:
        with shifted_to(now - timedelta(days=row["published_days_ago"])):
            facts = _product_facts(row, tax_classes, brands, categories)
            made[row["slug"]] = create_product(fields=facts, draft=True)
    for row in rows:
        core, related = made[row["slug"]], [made[slug].pk for slug in row.get("related", ()) if slug in made]
        with shifted_to(now - timedelta(days=row["published_days_ago"])) as moment:
            change_product(product_id=core.pk, fields={"related": related}, publish=True)
            _translate(core, row)
            _price_and_stock(core, row, at=moment)
    return made


def _product_facts(row, tax_classes, brands, categories) -> Any:
    seller = User.objects.filter(username=row["seller"]).first() if row.get("seller") else None
    return {
        "title": told(row["title"], "en"),
        "slug": row["slug"],
        "summary": told(row["summary"], "en"),
        "body": [{"type": "text", "value": told(row["description"], "en")}],
        "seo_title": told(row["seo"]["title"], "en")[:70],
        "seo_description": told(row["seo"]["description"], "en")[:170],
        "brand_id": brands[row["brand"]].pk,
        "tax_class_id": tax_classes[row["tax_class"]].pk,
        "seller_id": seller.pk if seller else None,
        "attributes": _attributes(row),
        "category_ids": [categories[slug].pk for slug in row["categories"]],
        "images": [{"image_id": picture(shot["file"]).pk, "alt": told(shot["alt"], "en")} for shot in row["pictures"]],
        "variants": [_variant_facts(variant) for variant in row["variants"]],
    }


def _attributes(row: dict[str, Any]) -> dict[str, Any]:
    return {**row["attributes"], "hsn": row["hsn"]} if "hsn" in row["attributes"] else dict(row["attributes"])


def _variant_facts(row: dict[str, Any]) -> Any:
    currency = settings.DEFAULT_CURRENCY
    facts = {
        "sku": row["sku"],
        "options": row.get("options", {}),
        "price": Money.parse(row["price"][currency], currency).minor,
        "weight_grams": row.get("weight_g"),
        "image_id": picture(row["picture"]).pk if row.get("picture") else None,
    }
    if row.get("compare_at", {}).get(currency):
        facts["compare_at_price"] = Money.parse(row["compare_at"][currency], currency).minor
    return facts


def _translate(core: ProductCore, row: dict[str, Any]) -> None:
    source = Product.objects.get(core=core, is_source=True)
    translated = source.copy_for_translation(Locale.objects.get(language_code="hi"))
    translated.title = told(row["title"], "hi")
    translated.slug = row["slug_hi"]
    translated.summary = told(row["summary"], "hi")
    if "hi" in row["description"]:
        translated.body = [("text", row["description"]["hi"])]
    translated.seo_title = told(row["seo"]["title"], "hi")[:70]
    translated.seo_description = told(row["seo"]["description"], "hi")[:170]
    translated.live = False
    translated.save()
    translated.save_revision().publish()


def _price_and_stock(core: ProductCore, row: dict[str, Any], *, at: datetime) -> None:
    variants = {variant.sku: variant for variant in Variant.objects.filter(core=core)}
    for currency in set(settings.CURRENCIES) - {settings.DEFAULT_CURRENCY}:
        set_base_prices(
            prices={
                variants[v["sku"]].pk: BasePrice(
                    Money.parse(v["price"][currency], currency).minor,
                    Money.parse(v["compare_at"][currency], currency).minor if v.get("compare_at") else None,
                )
                for v in row["variants"]
                if currency in v["price"]
            },
            currency=currency,
            at=at,
        )  # fmt: skip
    for given in row["variants"]:
        item = StockItem.objects.get(variant=variants[given["sku"]])
        StockItem.objects.filter(pk=item.pk).update(low_stock_threshold=given.get("low_stock", 5))
        if given["opening_stock"]:
            receive(stock_item_id=item.pk, quantity=given["opening_stock"], at=at, reason="Opening stock", actor="maya")
