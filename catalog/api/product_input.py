"""What may be written of a product, and how it is told to the product room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from wagtail.images import get_image_model

from catalog.api.body_input import body_of
from catalog.listing.selectors.tree import read_tree
from catalog.product.errors import NotPublishable, SkuTaken
from catalog.product.inputs import ProductInput
from catalog.product.models import Attribute, Brand, TaxClass
from shop.core.api.fields import AMOUNT
from shop.core.errors import Invalid
from shop.core.money import InvalidAmount, Money

MAX_STOCK = 1_000_000
SINGLE = ("sku", "price", "compare_at_price")


@extend_schema_field(OpenApiTypes.STR)
class Amount(serializers.Field):
    """A decimal string of the shop's default currency; kept in minor units."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, (str, int, float)) or not AMOUNT.fullmatch(str(data)):
            raise serializers.ValidationError(_("A decimal string such as 1299.00."))
        try:
            money = Money.parse(str(data), settings.DEFAULT_CURRENCY)
        except (InvalidAmount, ArithmeticError):
            raise serializers.ValidationError(_("A decimal string such as 1299.00.")) from None
        if money.minor < 0:
            raise serializers.ValidationError(_("Not below zero."))
        return money.minor

    def to_representation(self, value: int) -> str:
        return str(Money(value, settings.DEFAULT_CURRENCY))


class Whole(serializers.IntegerField):
    """No `true`, no `1.0`, no `"1"`."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            raise serializers.ValidationError(_("A whole number."))
        return super().to_internal_value(data)


class VariantIn(serializers.Serializer):
    id = Whole(required=False, min_value=1, max_value=2**53)
    sku = serializers.CharField(required=False, max_length=64)
    options = serializers.DictField(child=serializers.CharField(max_length=80), required=False)
    price = Amount(required=False, allow_null=True)
    compare_at_price = Amount(required=False, allow_null=True)
    gtin = serializers.CharField(required=False, allow_blank=True, max_length=14)
    weight_grams = Whole(required=False, allow_null=True, min_value=0, max_value=10_000_000)
    stock = Whole(required=False, min_value=0, max_value=MAX_STOCK)


class ImageIn(serializers.Serializer):
    id = Whole(min_value=1, max_value=2**53)
    alt = serializers.CharField(required=False, allow_blank=True, max_length=255)


class SeoIn(serializers.Serializer):
    title = serializers.CharField(required=False, allow_blank=True, max_length=70)
    description = serializers.CharField(required=False, allow_blank=True, max_length=170)


class ProductIn(serializers.Serializer):
    """`price`, `sku` and `compare_at_price` are the only variant's; with several, `variants` is used."""

    name = serializers.CharField(max_length=255)
    price = Amount()
    category = Whole(min_value=1, max_value=2**53)
    categories = serializers.ListField(child=Whole(min_value=1, max_value=2**53), required=False, max_length=50)
    sku = serializers.CharField(required=False, max_length=64)
    slug = serializers.CharField(required=False, max_length=255)
    description = serializers.CharField(required=False, allow_blank=True, max_length=400)
    compare_at_price = Amount(required=False, allow_null=True)
    brand = serializers.CharField(required=False, allow_null=True, max_length=120, help_text="Name or slug.")
    attributes = serializers.DictField(child=serializers.JSONField(), required=False)
    variants = VariantIn(many=True, required=False, max_length=500)  # type: ignore[call-arg]
    images = ImageIn(many=True, required=False, max_length=50)  # type: ignore[call-arg]
    body = serializers.ListField(child=serializers.DictField(), required=False, max_length=100)
    seo = SeoIn(required=False)
    related = serializers.ListField(child=Whole(min_value=1, max_value=2**53), required=False, max_length=50)
    tax_class = serializers.CharField(required=False, allow_null=True, max_length=40)
    stock = Whole(required=False, min_value=0, max_value=MAX_STOCK, help_text="Opening stock; in `POST` only.")

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, Mapping) and data.get("variants"):
            self.fields["price"].required = False
        return super().to_internal_value(data)


def input_of(data: Mapping[str, Any]) -> ProductInput:
    """Raises Invalid for a brand, category, tax class, attribute or body that is not there or not right."""
    fields: dict[str, Any] = {}
    for name, inner in {"name": "title", "slug": "slug", "description": "summary", "related": "related"}.items():
        if name in data:
            fields[inner] = data[name]
    fields |= {name: data[name] for name in SINGLE if name in data}
    if "category" in data or "categories" in data:
        fields["category_ids"] = _categories(data)
    if "brand" in data:
        fields["brand_id"] = _brand(data["brand"])
    if "tax_class" in data:
        fields["tax_class_id"] = _tax_class(data["tax_class"])
    if "attributes" in data:
        fields["attributes"] = _attributes(data["attributes"])
    if "images" in data:
        fields["images"] = _images(data["images"])
    if "body" in data:
        fields["body"] = body_of(data["body"])
    fields |= {f"seo_{name}": text for name, text in data.get("seo", {}).items()}
    if "variants" in data:
        fields["variants"] = [{k: v for k, v in variant.items() if k != "stock"} for variant in data["variants"]]
    return cast(ProductInput, fields)


BLANK: dict[str, Any] = {
    "description": "", "brand": None, "attributes": {}, "images": [], "body": [], "seo": {"title": "", "description": ""},
    "related": [], "tax_class": None,
}  # fmt: skip


def replaced(data: Mapping[str, Any]) -> dict[str, Any]:
    """For `PUT`: what was left out is emptied; slug and SKUs, by which others know the product, stay."""
    single = {} if data.get("variants") else {"compare_at_price": None}
    return {**BLANK, **single, **data}


@contextmanager
def named_as_sent(given: Mapping[str, Any]) -> Iterator[None]:
    """What is refused of the variants of a product with one is told of the field that the client wrote: `sku`, `price`."""
    try:
        yield
    except SkuTaken as refusal:
        _rename(refusal, [name for name in ("sku",) if name in given])
        raise
    except NotPublishable as refusal:
        written = () if "variants" in given else ("compare_at_price", "price")
        _rename(refusal, [name for name in written if name in given])
        raise


def _rename(refusal: Invalid, written: list[str]) -> None:
    if written and "variants" in refusal.errors:
        refusal.errors = {**refusal.errors, written[0]: refusal.errors["variants"]}
        del refusal.errors["variants"]


def refuse_stock(data: Any) -> None:
    """Raises Invalid where a change of a product tries to set its stock."""
    variants = data.get("variants") if isinstance(data, Mapping) else None
    rows = variants if isinstance(variants, list) else []
    named = [f"variants.{row}.stock" for row, one in enumerate(rows) if isinstance(one, Mapping) and "stock" in one]
    if "stock" in data or named:
        named += ["stock"] if "stock" in data or len(named) == len(rows) else []
        raise Invalid(errors={name: [_("Use /api/inventory/ to change stock.")] for name in named})


def _categories(data: Mapping[str, Any]) -> list[int]:
    wanted = [*([data["category"]] if "category" in data else []), *data.get("categories", [])]
    nodes = read_tree().nodes
    for id_ in wanted:
        if id_ not in nodes:
            raise Invalid(errors={"category": [_("There is no category %(id)s.") % {"id": id_}]})
    return list(dict.fromkeys(wanted))


def _images(given: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    wanted = {image["id"] for image in given}
    missing = wanted - set(get_image_model().objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if missing:
        raise Invalid(errors={"images": [_("There is no image %(id)s.") % {"id": min(missing)}]})
    return [{"image_id": image["id"], "alt": image.get("alt", "")} for image in given]


def _brand(name: str | None) -> int | None:
    if name is None:
        return None
    found = Brand.objects.filter(name__iexact=name).first() or Brand.objects.filter(slug=name).first()
    if found is None:
        raise Invalid(errors={"brand": [_("There is no brand “%(name)s”.") % {"name": name}]})
    return found.pk


def _tax_class(code: str | None) -> int | None:
    if code is None:
        return None
    found = TaxClass.objects.filter(code=code).first()
    if found is None:
        raise Invalid(errors={"tax_class": [_("There is no tax class “%(code)s”.") % {"code": code}]})
    return found.pk


def _attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    known = set(Attribute.objects.values_list("code", flat=True))
    for code, value in values.items():
        if code not in known:
            raise Invalid(errors={"attributes": [_("There is no attribute “%(code)s”.") % {"code": code}]})
        parts = value if isinstance(value, list) else [value]
        if not all(part is None or isinstance(part, (str, int, float, bool)) for part in parts):
            raise Invalid(errors={"attributes": [_("“%(code)s”: a value or a list of values.") % {"code": code}]})
    return dict(values)
