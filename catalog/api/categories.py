"""`/api/category/`: the shelves of the shop."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import schemas
from catalog.api.category_input import CategoryIn, fields_of, page_as_json
from catalog.api.changes import are_changes, changed_categories
from catalog.api.paging import page_json
from catalog.api.parameters import paging_of
from catalog.api.permissions import MerchandisersWrite
from catalog.api.previews import category_preview, described, preview_answer, token_of
from catalog.api.reading import PublicReadView, storable_id
from catalog.api.seen import seen_category
from catalog.listing.selectors.shelves import ShelfView, head_in, shelves_in
from catalog.product.services.change_category import change_category
from catalog.product.services.create_category import create_category
from catalog.product.services.delete_category import delete_category
from shop.core.api.language import locale_of
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
    shape = schemas.Category
    service_scopes = {"GET": "catalogue:read", "POST": "catalogue:publish"}
    permission_classes = [MerchandisersWrite]

    def read(self, request: HttpRequest) -> str:  # type: ignore[override]
        if are_changes(request):
            return changed_categories(request, lambda ids: _shown(ids, locale_of(request)))
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
        parameters=[TREE, schemas.SINCE, *schemas.PAGES, schemas.READ_ON, *schemas.CONTEXT],
        responses=schemas.CATEGORY_LIST,
        tags=["catalogue"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request)))

    @extend_schema(
        summary="Create a category", request=CategoryIn, responses={201: schemas.Category}, tags=["catalogue"]
    )
    def post(self, request: Request) -> Response:
        given = _checked(CategoryIn(data=request.data))
        page = create_category(**fields_of(given), by=request.user)
        return Response(page_as_json(page), status=201)


def _shown(ids: list[int], locale: str) -> list[dict[str, Any]]:
    shelves = shelves_in(locale) if ids else {}
    return [category_json(shelves[id_]) for id_ in ids if id_ in shelves]


class CategoryView(PublicReadView):
    shape = schemas.CategoryDetail
    service_scopes = {"GET": "catalogue:read", **dict.fromkeys(("PUT", "PATCH", "DELETE"), "catalogue:publish")}
    permission_classes = [MerchandisersWrite]

    def is_public(self, request: HttpRequest) -> bool:
        return not token_of(request)

    def read(self, request: HttpRequest, category_id: int) -> str:  # type: ignore[override]
        _page, _size, tree = paging_of(request)
        shelves = shelves_in(locale_of(request))
        if category_id not in shelves:
            raise NotThere
        shelf = shelves[category_id]
        shown = nested(shelf, shelves) if tree else category_json(shelf)
        return _json(shown | described(head_in(category_id, locale_of(request))))

    @extend_schema(
        summary="One category",
        parameters=[TREE, schemas.PREVIEW, *schemas.CONTEXT],
        responses={
            200: schemas.CategoryDetail,
            403: schemas.PREVIEW_REFUSED,
            404: OpenApiResponse(description="Not there"),
        },
        tags=["catalogue"],
    )
    def get(self, request: Request, category_id: int) -> Response:
        if token_of(request._request):
            return preview_answer(category_preview(request._request, storable_id(category_id)))
        return Response(json.loads(self.read(request, category_id)))

    @extend_schema(
        summary="Replace all that is writable", request=CategoryIn, responses={200: schemas.Category},
        tags=["catalogue"],
    )  # fmt: skip
    def put(self, request: Request, category_id: int) -> Response:
        given = {"parent": None, "description": "", "image": None, **_checked(CategoryIn(data=request.data))}
        return self._change(request, category_id, given)

    @extend_schema(
        summary="Change the named fields", request=CategoryIn, responses={200: schemas.Category}, tags=["catalogue"]
    )
    def patch(self, request: Request, category_id: int) -> Response:
        given = _checked(CategoryIn(data=request.data, partial=True))
        return self._change(request, category_id, given)

    @extend_schema(
        summary="Delete an empty category", request=None, tags=["catalogue"],
        responses={204: None, 409: OpenApiResponse(description="Products or categories are in it")},
    )  # fmt: skip
    def delete(self, request: Request, category_id: int) -> Response:
        with self._seen(request, category_id):
            delete_category(category_id=storable_id(category_id), by=request.user)
        return Response(status=204)

    def _change(self, request: Request, category_id: int, given: dict[str, Any]) -> Response:
        with self._seen(request, category_id):
            page = change_category(category_id=storable_id(category_id), by=request.user, **fields_of(given))
        return Response(page_as_json(page))

    def _seen(self, request: Request, category_id: int) -> AbstractContextManager[None]:
        return seen_category(request, storable_id(category_id), lambda: self.read(request, category_id))


def _checked(serializer: CategoryIn) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
