"""Shapes of content in the OpenAPI document. Wagtail, or functions beside the views, make the answers."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter as Parameter
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from catalog.api.schemas import PREVIEW as PREVIEW
from catalog.api.schemas import PREVIEW_REFUSED as PREVIEW_REFUSED
from cms_pages.api.block_schemas import Body

NOT_THERE = OpenApiResponse(description="Not there")
BAD = OpenApiResponse(description="A parameter that is not understood")
CONTEXT = [
    Parameter("currency", str, description="ISO 4217, of prices in blocks; also the header `X-Currency`."),
    Parameter("lang", str, description="Before `Accept-Language`."),
]


class PageVersion(serializers.Serializer):
    id = serializers.IntegerField()
    locale = serializers.CharField()
    title = serializers.CharField()
    path = serializers.CharField()


class PageParent(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    path = serializers.CharField()


class PageMeta(serializers.Serializer):
    """What Wagtail tells of every page, and its path."""

    type = serializers.CharField(help_text="`cms_pages.LandingPage`")
    detail_url = serializers.CharField()
    html_url = serializers.CharField(allow_null=True)
    slug = serializers.CharField()
    first_published_at = serializers.DateTimeField(allow_null=True)
    locale = serializers.CharField()
    path = serializers.CharField(help_text="Where it stands in the shop.")


class PageDetailMeta(PageMeta):
    show_in_menus = serializers.BooleanField()
    seo_title = serializers.CharField()
    search_description = serializers.CharField()
    alias_of = serializers.JSONField(help_text="The page that it repeats, else null.")
    parent = PageParent(allow_null=True)
    translations = PageVersion(many=True, help_text="The public page in each language, its own included.")


class PageItem(serializers.Serializer):
    """Further members with `?type=` and `?fields=`."""

    id = serializers.IntegerField()
    meta = PageMeta()
    title = serializers.CharField()


class PageListMeta(serializers.Serializer):
    total_count = serializers.IntegerField()


class PageList(serializers.Serializer):
    meta = PageListMeta()
    items = PageItem(many=True)


class PageDetail(serializers.Serializer):
    id = serializers.IntegerField()
    meta = PageDetailMeta()
    title = serializers.CharField()
    intro = serializers.CharField(required=False, help_text="Landing and content pages.")
    hides_title = serializers.BooleanField(required=False, help_text="Landing pages: begin with the first section.")
    body = Body(required=False, help_text="Home, landing and content pages.")


FIELDS = Parameter("fields", str, description="`body,intro` (in lists with one `type`), `*`, `_,title`")
WAGTAIL_FILTERS = [
    Parameter("type", str, description="`cms_pages.LandingPage`, `cms_pages.ContentPage,cms_pages.HomePage`"),
    Parameter("path", str, description="The page at this path of the shop."),
    Parameter("locale", str, description="Language code; `lang` is the same. All languages if not given."),
    Parameter("slug", str),
    Parameter("child_of", str, description="Id, or `root`."),
    Parameter("descendant_of", str, description="Id, or `root`."),
    Parameter("translation_of", str, description="Id."),
    Parameter("search", str),
    Parameter("order", str, description="`title`, `-first_published_at`, `random`, …"),
    FIELDS,
    Parameter("limit", {"type": "integer", "minimum": 0, "maximum": 100}, description="At most 100; 20 if not given."),
    Parameter("offset", {"type": "integer", "minimum": 0, "maximum": 10**9}),
]
