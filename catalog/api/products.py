"""`/api/product/`: lists, one, and what is suggested while typing."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import schemas
from catalog.api.paging import page_json
from catalog.api.parameters import query_of
from catalog.api.reading import PublicReadView, storable_id
from catalog.listing.interface import ListQuery, catalogue
from catalog.listing.selectors.shelves import is_shelf
from shop.core.api.context import context_of
from shop.core.errors import Invalid, NotThere

NOT_FOUND = OpenApiResponse(description="Not there")


def list_json(request: HttpRequest, query: ListQuery) -> str:
    page = catalogue().list(query)
    members = {"facets": page.facets} if page.facets else {}
    if page.corrected:
        members["corrected"] = json.dumps(page.corrected, ensure_ascii=False)
    return page_json(request, count=page.count, page=query.page, size=query.page_size, results=page.results, **members)


class ProductListView(PublicReadView):
    permission_classes = [AllowAny]

    def read(self, request: HttpRequest) -> str:  # type: ignore[override]
        return list_json(request, query_of(request))

    @extend_schema(
        operation_id="product_list",
        summary="Products on sale",
        parameters=[*schemas.FILTERS, *schemas.PAGING, *schemas.CONTEXT],
        responses=schemas.ProductPage,
        tags=["catalogue"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request)))


class CategoryProductsView(PublicReadView):
    permission_classes = [AllowAny]

    def read(self, request: HttpRequest, category_id: int) -> str:  # type: ignore[override]
        listed = list_json(request, query_of(request, category=storable_id(category_id)))
        if listed.startswith('{"count":0,') and not is_shelf(category_id):
            raise NotThere
        return listed

    @extend_schema(
        summary="Products of a category and those below it",
        parameters=[*schemas.FILTERS, *schemas.PAGING, *schemas.CONTEXT],
        responses={200: schemas.ProductPage, 404: NOT_FOUND},
        tags=["catalogue"],
    )
    def get(self, request: Request, category_id: int) -> Response:
        return Response(json.loads(self.read(request, category_id)))


class ProductView(PublicReadView):
    permission_classes = [AllowAny]

    def read(self, request: HttpRequest, product_id: int) -> str:  # type: ignore[override]
        found = catalogue().detail(storable_id(product_id), context_of(request))
        if found is None:
            raise NotThere
        return found

    @extend_schema(
        summary="One product",
        parameters=schemas.CONTEXT,
        responses={200: schemas.Product, 404: NOT_FOUND},
        tags=["catalogue"],
    )
    def get(self, request: Request, product_id: int) -> Response:
        return Response(json.loads(self.read(request, product_id)))


class SuggestView(PublicReadView):
    permission_classes = [AllowAny]

    def read(self, request: HttpRequest, **kwargs: Any) -> str:
        text = request.GET.get("q", "")
        if len(text) > 200 or "\0" in text:
            raise Invalid(errors={"q": ["At most 200 characters."]})
        return catalogue().suggest(text, context_of(request))

    @extend_schema(
        summary="Search as you type",
        parameters=[OpenApiParameter("q", str), *schemas.CONTEXT],
        responses=schemas.Suggestions,
        tags=["catalogue"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request)))
