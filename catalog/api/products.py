"""`/api/product/`: lists, one, and what is suggested while typing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import schemas
from catalog.api.changes import are_changes, changed_products
from catalog.api.cursors import cursor_of, place_of
from catalog.api.drafts import create_with_stock, draft_json, written_json
from catalog.api.paging import cursor_page_json, page_json
from catalog.api.parameters import query_of
from catalog.api.permissions import MerchandisersAndVendorsWrite, refuse_foreign
from catalog.api.previews import preview_answer, product_preview, token_of
from catalog.api.product_input import ProductIn, input_of, named_as_sent, refuse_stock, replaced
from catalog.api.reading import PublicReadView, storable_id
from catalog.api.seen import seen_product, tag_of_product
from catalog.listing.interface import ListQuery, catalogue
from catalog.listing.selectors.shelves import is_shelf
from catalog.product.errors import DraftConflict, NotPublishable, SkuTaken
from catalog.product.services.change_product import change_product
from catalog.product.services.unpublish_product import unpublish_product
from shop.accounts.roles import MERCHANDISER, VENDOR, has_role
from shop.core.api.context import context_of, currency_of
from shop.core.api.preconditions import tagged
from shop.core.api.queries import flag_of
from shop.core.errors import Invalid, NotAllowed, NotThere

NOT_FOUND = OpenApiResponse(description="Not there")
BAD = OpenApiResponse(description="Problem document with `errors` by field")
CONFLICT = OpenApiResponse(description="A waiting draft changed the same fields: `conflicts`")
WRITING = (NotPublishable, SkuTaken)
CHANGING = (*WRITING, DraftConflict)
KIND = "products"
CREATED = {"name": "Chai mug", "price": "649.00", "category": 12, "description": "Thrown in Khurja.", "stock": 20}


def list_json(request: HttpRequest, query: ListQuery) -> str:
    by_cursor = "cursor" in request.GET
    page = catalogue().list(replace(query, page=1, after=_place(request)) if by_cursor else query)
    members = {"facets": page.facets} if page.facets else {}
    if page.corrected:
        members["corrected"] = json.dumps(page.corrected, ensure_ascii=False)
    if by_cursor:
        on = cursor_of(KIND, *page.last) if page.last else None
        return cursor_page_json(request, count=page.count, cursor=on, results=page.results, **members)
    return page_json(request, count=page.count, page=query.page, size=query.page_size, results=page.results, **members)


def _place(request: HttpRequest) -> tuple[Any, ...]:
    return tuple(place_of(request.GET["cursor"], KIND)) if request.GET["cursor"] else ()


def _reading_scope(request: Request) -> str:
    """A draft is read by whoever may write drafts."""
    return "catalogue:draft" if _is_draft(request) else "catalogue:read"


def _writing_scope(request: Request) -> str:
    """A service without more may leave drafts for a person to publish."""
    return "catalogue:draft" if _is_draft(request) else "catalogue:publish"


class ProductListView(PublicReadView):
    raises = {"POST": WRITING}
    shape = schemas.ProductCard
    permission_classes = [MerchandisersAndVendorsWrite]
    service_scopes = {"GET": "catalogue:read", "POST": _writing_scope}

    def read(self, request: HttpRequest) -> str:  # type: ignore[override]
        return changed_products(request) if are_changes(request) else list_json(request, query_of(request))

    @extend_schema(
        operation_id="product_list",
        summary="Products on sale",
        parameters=[*schemas.FILTERS, schemas.SINCE, *schemas.PAGING, *schemas.CONTEXT],
        responses=schemas.ProductPage,
        tags=["catalogue"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request)))

    @extend_schema(
        summary="Create a product and publish it, or its draft only",
        parameters=[schemas.DRAFT, *schemas.CONTEXT],
        request=ProductIn,
        responses={201: schemas.ProductDraft, 400: BAD},
        examples=[OpenApiExample("A mug", CREATED, request_only=True)],
        tags=["catalogue"],
    )
    def post(self, request: Request) -> Response:
        draft, given = _asked(request), _checked(ProductIn(data=request.data))
        fields, opening = input_of(given), _opening_stock(given, draft)
        if not has_role(request.user, MERCHANDISER):
            fields["seller_id"] = request.user.pk
        with named_as_sent(given):
            core = create_with_stock(
                fields=fields, opening=opening, by=request.user, locale=_locale(request), draft=draft
            )
        return Response(written_json(core.pk, context_of(request), draft=draft), status=201)


class CategoryProductsView(PublicReadView):
    shape = schemas.ProductCard
    permission_classes = [AllowAny]

    def read(self, request: HttpRequest, category_id: int) -> str:  # type: ignore[override]
        if are_changes(request):
            return changed_products(request, storable_id(category_id))
        listed = list_json(request, query_of(request, category=storable_id(category_id)))
        if listed.startswith('{"count":0,') and not is_shelf(category_id):
            raise NotThere
        return listed

    @extend_schema(
        summary="Products of a category and those below it",
        parameters=[*schemas.FILTERS, schemas.SINCE, *schemas.PAGING, *schemas.CONTEXT],
        responses={200: schemas.ProductPage, 404: NOT_FOUND},
        tags=["catalogue"],
    )
    def get(self, request: Request, category_id: int) -> Response:
        return Response(json.loads(self.read(request, category_id)))


class ProductView(PublicReadView):
    raises = {"GET": (NotAllowed,), "PUT": CHANGING, "PATCH": CHANGING}  # GET: of a draft
    shape = schemas.Product
    permission_classes = [MerchandisersAndVendorsWrite]
    service_scopes = {
        "GET": _reading_scope, "PUT": _writing_scope, "PATCH": _writing_scope, "DELETE": "catalogue:publish",
    }  # fmt: skip

    def is_public(self, request: HttpRequest) -> bool:
        return "draft" not in request.GET and not token_of(request)

    def read(self, request: HttpRequest, product_id: int) -> str:  # type: ignore[override]
        found = catalogue().detail(storable_id(product_id), context_of(request))
        if found is None:
            raise NotThere
        return found

    @extend_schema(
        summary="One product",
        parameters=[schemas.DRAFT, schemas.PREVIEW, *schemas.CONTEXT],
        responses={200: schemas.ProductDraft, 403: schemas.PREVIEW_REFUSED, 404: NOT_FOUND},
        tags=["catalogue"],
    )
    def get(self, request: Request, product_id: int) -> Response:
        if token_of(request._request):
            return preview_answer(product_preview(request._request, storable_id(product_id)))
        if not _is_draft(request):
            return Response(json.loads(self.read(request, product_id)))
        if not has_role(request.user, MERCHANDISER, VENDOR):
            self.permission_denied(request)
        refuse_foreign(request.user, storable_id(product_id))
        answer = draft_json(product_id, context_of(request))
        return tagged(request, answer, headers={"Cache-Control": "private, no-store"})

    @extend_schema(
        summary="Replace all that is writable",
        parameters=[schemas.DRAFT, *schemas.CONTEXT],
        request=ProductIn,
        responses={200: schemas.ProductDraft, 400: BAD, 404: NOT_FOUND, 409: CONFLICT},
        tags=["catalogue"],
    )
    def put(self, request: Request, product_id: int) -> Response:
        return self._change(request, product_id, partial=False)

    @extend_schema(
        summary="Change the named fields, on the live product and on a waiting draft alike",
        parameters=[schemas.DRAFT, *schemas.CONTEXT],
        request=ProductIn,
        responses={200: schemas.ProductDraft, 400: BAD, 404: NOT_FOUND, 409: CONFLICT},
        tags=["catalogue"],
    )
    def patch(self, request: Request, product_id: int) -> Response:
        return self._change(request, product_id, partial=True)

    def _change(self, request: Request, product_id: int, *, partial: bool) -> Response:
        refuse_foreign(request.user, storable_id(product_id))
        refuse_stock(request.data)
        draft, given = _asked(request), _checked(ProductIn(data=request.data, partial=partial))
        fields = input_of(given if partial else replaced(given))
        with named_as_sent(given), seen_product(request, product_id, draft=draft):
            change_product(product_id=product_id, fields=fields, by=request.user, locale=_locale(request), draft=draft)
        answer = written_json(product_id, context_of(request), draft=draft)
        return tagged(request, answer, tag=tag_of_product(request, product_id, draft=draft))

    @extend_schema(summary="Take it off sale", request=None, responses={204: None, 404: NOT_FOUND}, tags=["catalogue"])
    def delete(self, request: Request, product_id: int) -> Response:
        refuse_foreign(request.user, storable_id(product_id))
        if _is_draft(request):
            raise Invalid(
                errors={"draft": [_("A draft is not thrown away here. Without it, what is on sale is taken off.")]}
            )
        with seen_product(request, product_id, draft=False):
            unpublish_product(product_id=product_id, by=request.user, locale=_locale(request))
        return Response(status=204)


class SuggestView(PublicReadView):
    permission_classes = [AllowAny]

    def read(self, request: HttpRequest, **kwargs: Any) -> str:
        text = request.GET.get("q", "")
        if len(text) > 200 or "\0" in text:
            raise Invalid(errors={"q": ["At most 200 characters."]})
        return catalogue().suggest(text, context_of(request))

    @extend_schema(
        summary="Search as you type",
        parameters=[OpenApiParameter("q", {"type": "string", "maxLength": 200}), *schemas.CONTEXT],
        responses=schemas.Suggestions,
        tags=["catalogue"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request)))


def _checked(serializer: ProductIn) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def _asked(request: Request) -> bool:
    """Whether a draft is meant. Raises Invalid for what cannot be used in the query, before anything is written."""
    currency_of(request)
    return _is_draft(request)


def _is_draft(request: Request) -> bool:
    return flag_of(request, "draft")


def _locale(request: Request) -> str:
    """The language to write: only where it is said outright, else the source language."""
    asked = request.GET.get("lang", "")
    if asked and asked not in dict(settings.LANGUAGES):
        raise Invalid(errors={"lang": [_("Not a language of this shop.")]})
    return asked


def _opening_stock(given: Mapping[str, Any], draft: bool) -> list[int]:
    units = [variant.get("stock", 0) for variant in given.get("variants", [])] or [given.get("stock", 0)]
    if "stock" in given and given.get("variants"):
        raise Invalid(errors={"stock": [_("Say it on each of the variants.")]})
    if draft and any(units):
        raise Invalid(errors={"stock": [_("A draft has no stock: publish it first.")]})
    return units
