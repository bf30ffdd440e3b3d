"""Wagtail's own page API (v2): its filters, its fields, its shapes. What it does not know is added here: typed bodies,
paths, translations. The door that answers, keeps and documents it is `pages.py`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import PageSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet

from catalog.product.models import CategoryPage
from cms_pages.selectors.public_pages import public_pages, translations_of
from cms_pages.typed.bodies import typed_body
from shop.core.api.context import currency_of
from shop.core.api.fields import Instant
from shop.core.context import ShopContext
from shop.core.errors import Invalid, NotThere

MOST = 10**9
DETAIL_PATH = "/api/pages/{}/"
OWN_PARAMETERS = ("lang", "currency", "path", "preview")
FILTERS = ("id", "title", "slug", "show_in_menus", "first_published_at")


class OfPage(serializers.Field):
    """A field that is made of the whole page."""

    def __init__(self, make: Any) -> None:
        super().__init__(read_only=True)
        self.make = make

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, value: Page) -> Any:
        return self.make(value)


class TypedStream(serializers.Field):
    """A body in the language of its page. Categories have blocks of their own: `/api/category/`."""

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        page, request = self.context["page"], self.context["request"]
        context = ShopContext.now(currency=currency_of(request), locale=page.locale.language_code)
        return typed_body(value.raw_data, context)


class TypedPageSerializer(PageSerializer):
    serializer_field_mapping = PageSerializer.serializer_field_mapping | {StreamField: TypedStream}

    html_url = OfPage(lambda page: settings.SITE_URL + path_of(page))
    path = OfPage(lambda page: path_of(page))
    parent = OfPage(lambda page: _parent(page))
    translations = OfPage(lambda page: [_version(found) for found in translations_of(page)])
    first_published_at = Instant(read_only=True)

    def to_representation(self, instance: Page) -> Any:
        self.context["page"] = instance
        return super().to_representation(instance)


class WagtailPages(PagesAPIViewSet):
    base_serializer_class = TypedPageSerializer
    known_query_parameters = PagesAPIViewSet.known_query_parameters.union(OWN_PARAMETERS)
    meta_fields = [*PagesAPIViewSet.meta_fields, "path", "translations"]
    listing_default_fields = [*PagesAPIViewSet.listing_default_fields, "path"]
    detail_only_fields = ["parent", "translations"]

    @classmethod
    def get_available_fields(cls, model: Any, db_fields_only: bool = False) -> list[str]:
        fields = super().get_available_fields(model, db_fields_only)
        return [name for name in fields if name in (*FILTERS, "locale")] if db_fields_only else fields

    @classmethod
    def get_object_detail_urlpath(cls, model: Any, pk: int, namespace: str = "") -> str:  # noqa: ARG003
        return DETAIL_PATH.format(pk)

    def get_base_queryset(self) -> PageQuerySet:
        """Asked for several times in one request; what is restricted is read once."""
        if not hasattr(self, "_public"):
            self._public = public_pages()
        return self._public.all()

    def get_queryset(self) -> PageQuerySet:
        return super().get_queryset().select_related("locale")


ROUTER = WagtailAPIRouter("")
ROUTER.register_endpoint("pages", WagtailPages)


def list_data(request: HttpRequest) -> dict[str, Any]:
    """`{meta: {total_count}, items}`. Raises Invalid for what Wagtail does not understand."""
    return _answer(request, "listing_view")


def page_data(request: HttpRequest, page_id: int, *, draft: Page | None = None) -> dict[str, Any]:
    """A public page, or this draft of any. Raises NotThere, Invalid."""
    return _answer(request, "detail_view", draft=draft, pk=page_id)


def _answer(request: HttpRequest, action: str, *, draft: Page | None = None, **kwargs: Any) -> dict[str, Any]:
    _refuse_what_breaks(request)
    request.wagtailapi_router = ROUTER  # type: ignore[attr-defined]
    view = WagtailPages(action=action, request=Request(request), kwargs=kwargs, args=(), format_kwarg=None)
    if draft is not None:
        view._cached_object = draft
    try:
        return getattr(view, action)(view.request, **kwargs).data
    except Http404:
        raise NotThere from None
    except (BadRequestError, ValidationError, ValueError) as wrong:
        raise Invalid(str(wrong)) from None


def _refuse_what_breaks(request: HttpRequest) -> None:
    """What Wagtail would hand to the database as it came. Raises Invalid."""
    for name, value in request.GET.items():
        if "\0" in value:
            raise Invalid(errors={name: [_("Null characters are not allowed.")]})
    if "first_published_at" in request.GET:
        raise Invalid(errors={"first_published_at": [_("Pages are sorted by it, with order=, not chosen.")]})
    for name, most in (("limit", settings.WAGTAILAPI_LIMIT_MAX), ("offset", MOST)):
        asked = request.GET.get(name, "0")
        if not (asked.isascii() and asked.isdigit() and int(asked[:20]) <= most):
            raise Invalid(errors={name: [_("A number from 0 to %(most)s.") % {"most": most}]})


def path_of(page: Page) -> str:
    return page.url or ""


def _parent(page: Page) -> dict[str, Any] | None:
    above = public_pages().filter(path=page.path[: -page.steplen]).first()
    return {"id": above.pk, "title": above.title, "path": path_of(above)} if above else None


def _version(page: Page) -> dict[str, Any]:
    return {"id": page.pk, "locale": page.locale.language_code, "title": page.title, "path": path_of(page)}


def kind_of(page: Page) -> str:
    return "category" if page.specific_class is CategoryPage else "page"
