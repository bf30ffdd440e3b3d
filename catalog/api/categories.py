"""`/api/category/`: the shelves of the shop."""

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
from catalog.api.parameters import paging_of
from catalog.api.reading import PublicReadView
from catalog.listing.selectors.shelves import ShelfView, shelves_in
from shop.core.api.context import locale_of
from shop.core.errors import NotThere

TREE = OpenApiParameter("tree", bool, description="Nested from the top, not paged.")


def category_json(shelf: ShelfView) -> dict[str, Any]:
    return {
        "id": shelf.id,
        "name": shelf.name,
        "slug": shelf.slug,
        "parent": shelf.parent,
        "children": shelf.children,
        "image": shelf.image,
        "product_count": shelf.product_count,
        "url": shelf.url,
    }


def nested(shelf: ShelfView, shelves: dict[int, ShelfView]) -> dict[str, Any]:
    return {**category_json(shelf), "children": [nested(shelves[id_], shelves) for id_ in shelf.children]}


class CategoryListView(PublicReadView):
    permission_classes = [AllowAny]

    def read(self, request: HttpRequest) -> str:  # type: ignore[override]
        page, size, tree = paging_of(request)
        shelves = shelves_in(locale_of(request))
        if tree:
            return _json([nested(shelf, shelves) for shelf in shelves.values() if shelf.parent is None])
        shown = list(shelves.values())[(page - 1) * size : page * size]
        if page > 1 and not shown:
            raise NotThere(code="page_not_found")
        results = _json([category_json(shelf) for shelf in shown])
        return page_json(request, count=len(shelves), page=page, size=size, results=results)

    @extend_schema(
        operation_id="category_list",
        summary="Categories",
        parameters=[TREE, *schemas.PAGING, *schemas.CONTEXT],
        responses=schemas.CategoryPage,
        tags=["catalogue"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request)))


class CategoryView(PublicReadView):
    permission_classes = [AllowAny]

    def read(self, request: HttpRequest, category_id: int) -> str:  # type: ignore[override]
        _page, _size, tree = paging_of(request)
        shelves = shelves_in(locale_of(request))
        if category_id not in shelves:
            raise NotThere
        shelf = shelves[category_id]
        return _json(nested(shelf, shelves) if tree else category_json(shelf))

    @extend_schema(
        summary="One category",
        parameters=[TREE, *schemas.CONTEXT],
        responses={200: schemas.Category, 404: OpenApiResponse(description="Not there")},
        tags=["catalogue"],
    )
    def get(self, request: Request, category_id: int) -> Response:
        return Response(json.loads(self.read(request, category_id)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
