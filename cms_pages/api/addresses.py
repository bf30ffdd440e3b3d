"""`/api/resolve/`, `/api/translations/`, `/api/redirects/`, `/api/sitemap/`: which address leads to what."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.contrib.redirects.models import Redirect

from catalog.api.paging import page_json
from catalog.api.parameters import paging_of
from catalog.api.reading import MAX_ID
from catalog.api.schemas import PAGES
from cms_pages.api import schemas
from cms_pages.api.keeping import KeptReadView, Made
from cms_pages.api.writing import as_text
from cms_pages.selectors.resolving import KINDS, local, resolve_path, translations_by_id
from cms_pages.selectors.sitemap import Entry, sitemap
from shop.core.api.pagination import PageSerializer
from shop.core.errors import Invalid, NotThere

KEYS = ("site", "pages", "cat-0")
PLACES = ["product", "category", "page", "brand", "search", "redirect", "none"]


class Alternate(serializers.Serializer):
    lang = serializers.CharField()
    path = serializers.CharField()


class PlaceOut(serializers.Serializer):
    """`id` is that of `/api/product/<id>/`, `/api/category/<id>/`, `/api/pages/<id>/`; of a brand, filter products by
    the slug in `path`."""

    kind = serializers.ChoiceField(PLACES)
    id = serializers.IntegerField(allow_null=True)
    path = serializers.CharField(help_text="As it is written.")
    lang = serializers.CharField()
    translations = Alternate(many=True)
    location = serializers.CharField(help_text="Where a redirect leads, else empty.")
    permanent = serializers.BooleanField()


class TranslationsOut(serializers.Serializer):
    kind = serializers.ChoiceField(KINDS)
    id = serializers.IntegerField()
    translations = Alternate(many=True)


class RedirectOut(serializers.Serializer):
    path = serializers.CharField()
    location = serializers.CharField()
    permanent = serializers.BooleanField()


class RedirectPage(PageSerializer):
    results = RedirectOut(many=True)


class SitemapEntry(serializers.Serializer):
    kind = serializers.ChoiceField(KINDS)
    id = serializers.IntegerField()
    path = serializers.CharField(help_text="In the language of the source.")
    lastmod = serializers.DateTimeField(allow_null=True)
    alternates = Alternate(many=True, help_text="Its own path included.")


class SitemapPage(PageSerializer):
    results = SitemapEntry(many=True)


def alternates(paths: dict[str, str]) -> list[dict[str, str]]:
    return [{"lang": code, "path": paths[code]} for code, _name in settings.LANGUAGES if code in paths]


class ResolveView(KeptReadView):
    def make(self, request: HttpRequest) -> Made:  # type: ignore[override]
        path = request.GET.get("path", "")
        if not path.startswith("/"):
            raise Invalid(errors={"path": [_("Say which path of the shop: /product/chai-mug/.")]})
        place = resolve_path(path)
        shown = {"kind": place.kind, "id": place.id, "path": place.path, "lang": place.locale,
                 "translations": alternates(place.translations), "location": place.location,
                 "permanent": place.is_permanent}  # fmt: skip
        return Made(as_text(shown), KEYS)

    @extend_schema(
        summary="What stands at a path, in any language",
        parameters=[OpenApiParameter("path", str, required=True)],
        responses={200: PlaceOut, 400: schemas.BAD},
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request._request)))


class TranslationsView(KeptReadView):
    def make(self, request: HttpRequest) -> Made:  # type: ignore[override]
        kind, id_ = request.GET.get("kind", ""), request.GET.get("id", "")
        wrong = {} if kind in KINDS else {"kind": [", ".join(KINDS)]}
        if not (id_.isascii() and id_.isdigit() and 0 < int(id_[:20]) <= MAX_ID):
            wrong["id"] = [_("A whole number from 1.")]
        if wrong:
            raise Invalid(errors=wrong)
        paths = translations_by_id(kind, int(id_))
        if not paths:
            raise NotThere
        return Made(as_text({"kind": kind, "id": int(id_), "translations": alternates(paths)}), KEYS)

    @extend_schema(
        summary="Paths of a product, category, page or brand in each language",
        parameters=[
            OpenApiParameter("kind", str, required=True, enum=KINDS),
            OpenApiParameter("id", int, required=True),
        ],
        responses={200: TranslationsOut, 400: schemas.BAD, 404: schemas.NOT_THERE},
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request._request)))


class RedirectsView(KeptReadView):
    def make(self, request: HttpRequest) -> Made:  # type: ignore[override]
        page, size, _tree = paging_of(request)
        rows = Redirect.objects.select_related("redirect_page__locale").order_by("old_path", "pk")
        if path := request.GET.get("path"):
            rows = rows.filter(old_path=Redirect.normalise_path(path.replace("\0", "")))
        count, shown = rows.count(), rows[(page - 1) * size : page * size]
        if page > 1 and not shown:
            raise NotThere(code="page_not_found")
        results = as_text([
            {"path": row.old_path, "location": local(row.link), "permanent": row.is_permanent}
            for row in shown if row.link
        ])  # fmt: skip
        return Made(page_json(request, count=count, page=page, size=size, results=results), KEYS)

    @extend_schema(
        summary="What has moved",
        parameters=[OpenApiParameter("path", str, description="The old path."), *PAGES],
        responses={200: RedirectPage, 400: schemas.BAD},
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request._request)))


class SitemapView(KeptReadView):
    def make(self, request: HttpRequest) -> Made:  # type: ignore[override]
        page, size, _tree = paging_of(request)
        count, entries = sitemap(offset=(page - 1) * size, limit=size)
        if page > 1 and not entries:
            raise NotThere(code="page_not_found")
        results = as_text([_entry(entry) for entry in entries])
        return Made(page_json(request, count=count, page=page, size=size, results=results), KEYS)

    @extend_schema(
        summary="Everything that has an address: products, categories, brands, pages",
        parameters=PAGES,
        responses={200: SitemapPage, 400: schemas.BAD},
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request._request)))


def _entry(entry: Entry) -> dict[str, Any]:
    listed = alternates(entry.paths)
    path = listed[0]["path"] if listed else ""
    return {"kind": entry.kind, "id": entry.id, "path": path, "lastmod": entry.lastmod, "alternates": listed}
