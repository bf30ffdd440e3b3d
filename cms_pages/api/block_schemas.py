"""The blocks of pages in the OpenAPI document: one component each, told apart by `type`. They describe what
`cms_pages/typed/bodies.py` makes; a test holds real answers to them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from catalog.api.schemas import Image, LargeImage, ProductCard

KINDS = ["page", "category", "product", "brand", "address", "external"]


class Link(serializers.Serializer):
    """`id` is that of the API, for a page, category, product or brand. `url` is a path of the shop, or a whole address
    (`external`)."""

    text = serializers.CharField()
    url = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    id = serializers.IntegerField(allow_null=True)


class CategoryTile(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.CharField()
    image = Image(allow_null=True)


class HeroValue(serializers.Serializer):
    heading = serializers.CharField()
    text = serializers.CharField()
    tone = serializers.ChoiceField(["day", "night"])
    picture = LargeImage(allow_null=True)
    links = Link(many=True)


class BannerValue(serializers.Serializer):
    heading = serializers.CharField()
    text = serializers.CharField()
    tone = serializers.ChoiceField(["day", "night"])
    picture = LargeImage(allow_null=True)
    link = Link(allow_null=True)


class ProductCarouselValue(serializers.Serializer):
    heading = serializers.CharField()
    note = serializers.CharField()
    layout = serializers.ChoiceField(["row", "lead"], help_text="`lead`: the first one large.")
    products = ProductCard(many=True, help_text="Those that are on sale.")
    link = Link(allow_null=True)


class CategoryGridValue(serializers.Serializer):
    heading = serializers.CharField()
    categories = CategoryTile(many=True)
    link = Link(allow_null=True)


class RichTextValue(serializers.Serializer):
    heading = serializers.CharField()
    html = serializers.CharField(
        help_text="Safe HTML. Links into the shop carry `data-kind` and `data-id` beside `href`."
    )


class Figure(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class QuoteValue(serializers.Serializer):
    heading = serializers.CharField()
    quote = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    picture = LargeImage(allow_null=True)
    figures = Figure(many=True)
    link = Link(allow_null=True)


class TrustPoint(serializers.Serializer):
    icon = serializers.CharField(help_text="Name of an icon: `truck`, `undo-2`, `shield-check`, `wallet`.")
    heading = serializers.CharField()
    text = serializers.CharField()


class TrustStripValue(serializers.Serializer):
    heading = serializers.CharField()
    items = TrustPoint(many=True)


VALUES = {
    "hero": HeroValue,
    "banner": BannerValue,
    "product_carousel": ProductCarouselValue,
    "category_grid": CategoryGridValue,
    "rich_text": RichTextValue,
    "quote": QuoteValue,
    "trust_strip": TrustStripValue,
}


def constant(word: str) -> serializers.Field:
    """A text that is always this word."""
    field: Any = type("Constant", (serializers.CharField,), {})
    return extend_schema_field({"type": "string", "const": word})(field)()


def _block(kind: str, value: type[serializers.Serializer]) -> Any:
    members = {"id": serializers.CharField(allow_null=True), "type": constant(kind), "value": value()}
    return type(value.__name__.replace("Value", "Block"), (serializers.Serializer,), members)


BLOCKS = PolymorphicProxySerializer(
    "PageBlock",
    serializers={kind: _block(kind, value) for kind, value in VALUES.items()},
    resource_type_field_name="type",
    many=True,
)


@extend_schema_field(BLOCKS)
class Body(serializers.ListField):
    """Blocks in their order."""
