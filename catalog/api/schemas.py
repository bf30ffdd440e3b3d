"""Shapes of the catalogue in the OpenAPI document. Answers are made by the database, so these describe, not serialize."""

from __future__ import annotations

from datetime import datetime

from drf_spectacular.utils import OpenApiParameter as Parameter
from drf_spectacular.utils import OpenApiResponse, PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from catalog.listing.interface import ORDERINGS
from shop.core.api.pagination import PAGING as PAGING
from shop.core.api.pagination import PageSerializer

PAGES = PAGING[:2]  # lists that are read by page alone
READ_ON = Parameter("cursor", str, description="With `updated_since` only: what `next` says.")


class Image(serializers.Serializer):
    url = serializers.CharField()
    srcset = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField()


class Source(serializers.Serializer):
    type = serializers.CharField(help_text="`image/avif`")
    srcset = serializers.CharField()


class LargeImage(Image):
    sources = Source(many=True, help_text="Better formats, for `<picture>`.")


class Swatch(serializers.Serializer):
    name = serializers.CharField()
    hex = serializers.CharField()


class PriceTexts(serializers.Serializer):
    price_text = serializers.CharField(help_text="For people: `₹1,299`. Empty without a price.")
    compare_at_text = serializers.CharField()
    percent_off = serializers.IntegerField(allow_null=True)


class ProductCard(PriceTexts):
    """A product in a list. Without a price in the asked currency it is listed, not sold."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()
    sku = serializers.CharField(allow_null=True, help_text="Null where there are several variants.")
    description = serializers.CharField()
    price = serializers.CharField(allow_null=True, help_text="Decimal string; of the cheapest variant.")
    compare_at_price = serializers.CharField(allow_null=True)
    currency = serializers.CharField()
    price_includes_tax = serializers.BooleanField()
    tax_rate = serializers.CharField(allow_null=True, help_text="Percent: `18.00`.")
    stock = serializers.IntegerField(help_text="What can be bought now.")
    in_stock = serializers.BooleanField()
    low_stock = serializers.IntegerField(allow_null=True, help_text="How many are left, where they are few.")
    category = serializers.IntegerField(allow_null=True)
    categories = serializers.ListField(child=serializers.IntegerField())
    brand = serializers.CharField(allow_null=True)
    rating = serializers.CharField(allow_null=True)
    review_count = serializers.IntegerField()
    image = Image(allow_null=True)
    url = serializers.CharField(help_text="Path of its page.")
    lang = serializers.CharField(help_text="The language of the texts where it is not the asked one, else empty.")
    maker_place = serializers.CharField()
    swatches = Swatch(many=True)
    is_new = serializers.BooleanField()
    price_from = serializers.BooleanField(help_text="Whether variants cost differently.")


class VariantOut(PriceTexts):
    id = serializers.IntegerField()
    sku = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    price = serializers.CharField(allow_null=True)
    compare_at_price = serializers.CharField(allow_null=True)
    currency = serializers.CharField()
    stock = serializers.IntegerField()
    in_stock = serializers.BooleanField()
    max_quantity = serializers.IntegerField(help_text="The most that one order may hold of it.")
    image = Image(allow_null=True)


class AttributeOut(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    value = serializers.JSONField()
    value_text = serializers.CharField()
    unit = serializers.CharField()


class Seo(serializers.Serializer):
    title = serializers.CharField()
    description = serializers.CharField()
    image = serializers.CharField(allow_null=True)


class Block(serializers.Serializer):
    id = serializers.CharField()
    type = serializers.ChoiceField(["text", "picture", "specification"])
    value = serializers.JSONField(help_text="HTML of a text, `{image, caption}`, or `{rows: [{name, value}]}`.")


class OptionValue(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    hex = serializers.CharField(required=False)


class Option(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    type = serializers.CharField()
    values = OptionValue(many=True)


class Maker(serializers.Serializer):
    name = serializers.CharField()
    slug = serializers.CharField()
    place = serializers.CharField()
    since = serializers.IntegerField(allow_null=True)
    story = serializers.CharField(help_text="HTML")
    story_text = serializers.CharField(required=False, help_text="The same as plain text, a line per paragraph.")
    url = serializers.CharField()


class Breadcrumb(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()


class Product(ProductCard):
    images = LargeImage(many=True)
    variants = VariantOut(many=True, help_text="At least one.")
    attributes = AttributeOut(many=True)
    seo = Seo()
    related = serializers.ListField(child=serializers.IntegerField())
    body = Block(many=True)
    options = Option(many=True)
    maker = Maker(allow_null=True)
    breadcrumbs = Breadcrumb(many=True)
    languages = serializers.DictField(child=serializers.CharField(), help_text="Slug per language.")


class ProductDraft(Product):
    live = serializers.BooleanField(required=False, help_text="With `draft=true`: whether it is on sale.")
    has_unpublished_changes = serializers.BooleanField(required=False)


class CategoryFacet(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class BrandFacet(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class PriceFacet(serializers.Serializer):
    min = serializers.CharField()
    max = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()


class FacetValue(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    hex = serializers.CharField()


class AttributeFacet(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    type = serializers.CharField()
    values = FacetValue(many=True)


class Facets(serializers.Serializer):
    """Each counted under the other filters."""

    category = CategoryFacet(many=True)
    brand = BrandFacet(many=True)
    price = PriceFacet(many=True)
    attributes = AttributeFacet(many=True)


class Tombstone(serializers.Serializer):
    """Unpublished, deleted, or (of a category's list) no longer on that shelf."""

    id = serializers.IntegerField()
    deleted_at = serializers.DateTimeField()


class ChangesPage(PageSerializer):
    deleted = Tombstone(many=True, required=False, help_text="With `updated_since`: what went since then.")
    until = serializers.DateTimeField(required=False, help_text="Send this as the next `updated_since`.")


class ProductPage(ChangesPage):
    results = ProductCard(many=True)
    facets = Facets(required=False)
    corrected = serializers.CharField(required=False, help_text="How the search was spelled again.")


class Category(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()
    parent = serializers.IntegerField(allow_null=True)  # type: ignore[assignment]
    children = serializers.ListField(child=serializers.JSONField(), help_text="Ids; with `tree=true` categories.")
    image = Image(allow_null=True)
    product_count = serializers.IntegerField()
    url = serializers.CharField()


class CategorySeo(serializers.Serializer):
    title = serializers.CharField()
    description = serializers.CharField()


class CategoryDetail(Category):
    description = serializers.CharField(help_text="Plain text.")
    seo = CategorySeo()
    body = Block(many=True)
    live = serializers.BooleanField(required=False, help_text="In a preview.")
    has_unpublished_changes = serializers.BooleanField(required=False)


class CategoryPage(ChangesPage):
    results = Category(many=True)


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/CategoryBranch"}})
class Branches(serializers.ListField):
    pass


class CategoryBranch(Category):
    children = Branches(help_text="Categories like this one.")


CATEGORY_LIST = PolymorphicProxySerializer(
    "CategoryList", [CategoryPage, CategoryBranch(many=True)], resource_type_field_name=None, many=False
)


class SuggestedProduct(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()
    image = Image(allow_null=True)
    price = serializers.CharField(allow_null=True)
    currency = serializers.CharField()


class SuggestedCategory(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()


class Suggestions(serializers.Serializer):
    products = SuggestedProduct(many=True)
    categories = SuggestedCategory(many=True)
    queries = serializers.ListField(child=serializers.CharField())


CONTEXT = [
    Parameter("currency", str, description="ISO 4217; also the header `X-Currency`."),
    Parameter("lang", str, description="Before `Accept-Language`."),
]
AMOUNT = {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,4})?$"}
FILTERS = [
    Parameter("q", {"type": "string", "maxLength": 200}, description="Name, brand, category, SKU, description."),
    Parameter("category", {"type": "string", "minLength": 1}, description="Id or slug, with its descendants."),
    Parameter("brand", str, many=True, description="Name or slug."),
    Parameter("min_price", AMOUNT, description="In the currency asked for: `1299.00`."),
    Parameter("max_price", AMOUNT),
    Parameter(
        "in_stock", bool, description="`true`: what can be bought now; `false`: only what cannot. Without it: both."
    ),
    Parameter("on_sale", bool, description="`true`: what costs less than before; `false`: only what does not."),
    Parameter("rating_min", {"type": "string", "pattern": r"^[0-5](\.[0-9]{1,2})?$"}, description="At most 5."),
    Parameter("attr_<code>", str, description="`value[,value]` of the attribute with this code."),
    Parameter("ordering", str, enum=ORDERINGS),
    Parameter("facets", bool, description="Adds `facets`."),
]
SINCE = Parameter(
    "updated_since",
    datetime,
    description="Only what changed since then, the oldest change first, and `deleted`. Read on by `next`; goes with "
    "`category`, `page_size` and `fields`, not with filters.",
)
DRAFT = Parameter("draft", bool, description="For those who may edit: the latest draft.")
PREVIEW = Parameter("preview", str, description="A preview token; also the header `X-Preview-Token`. Never cached.")
PREVIEW_REFUSED = OpenApiResponse(description="`preview_over` (run out), `preview_refused`: open it again")
