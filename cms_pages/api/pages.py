"""`/api/pages/`: Wagtail's own page API, kept, documented, with typed bodies."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.previews import draft_object, opened, preview_answer, token_of
from catalog.api.reading import refusal, storable_id
from cms_pages.api import schemas
from cms_pages.api.keeping import KeptReadView, Made
from cms_pages.api.wagtail_pages import DETAIL_PATH, list_data, page_data
from cms_pages.api.writing import as_text
from cms_pages.selectors.resolving import Place, resolve_path
from cms_pages.typed.bodies import products_in
from shop.core.errors import Invalid, NotThere, Refusal

KEYS = ("site", "pages")
RESOLVED = (*KEYS, "cat-0")
NO_PAGE = 0


class PagesView(KeptReadView):
    has_own_fields = True  # Wagtail's, which know more

    def make(self, request: HttpRequest) -> Made:  # type: ignore[override]
        return Made(as_text(list_data(_in_wagtails_words(request))), KEYS)

    @extend_schema(
        operation_id="page_list",
        summary="Published pages: Wagtail's own list",
        parameters=[*schemas.WAGTAIL_FILTERS, *schemas.CONTEXT],
        responses={200: schemas.PageList, 400: schemas.BAD},
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request._request)))


class PageView(KeptReadView):
    has_own_fields = True

    def is_public(self, request: HttpRequest) -> bool:
        return not token_of(request)

    def make(self, request: HttpRequest, page_id: int) -> Made:  # type: ignore[override]
        data = page_data(request, storable_id(page_id))
        shown = sorted(products_in(data.get("body") or ()))
        return Made(as_text(data), (*KEYS, *(f"prod-{id_}" for id_ in shown)))

    @extend_schema(
        operation_id="page_retrieve",
        summary="One page, its body as typed blocks",
        parameters=[schemas.FIELDS, schemas.PREVIEW, *schemas.CONTEXT],
        responses={200: schemas.PageDetail, 403: schemas.PREVIEW_REFUSED, 404: schemas.NOT_THERE},
        tags=["content"],
    )
    def get(self, request: Request, page_id: int) -> Response:
        if token := token_of(request._request):
            preview, page = opened(token, "page", storable_id(page_id))
            draft = draft_object(page, preview.revision_id)
            return preview_answer(page_data(request._request, page_id, draft=draft))
        return Response(json.loads(self.read(request._request, page_id=page_id)))


class FindPageView(KeptReadView):
    """As Wagtail's: a redirect to the page. Which one it is is kept, as `/api/resolve/` keeps it."""

    def make(self, request: HttpRequest) -> Made:  # type: ignore[override]
        place = place_of(request.GET.get("html_path") or request.GET.get("path") or "")
        return Made(str(place.id), RESOLVED)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return super().dispatch(request, *args, **kwargs)
        try:
            page_id = self.read(request)
        except Refusal as refused:
            return refusal(refused)
        query = request.GET.copy()
        for name in ("html_path", "path"):
            query.pop(name, None)
        address = DETAIL_PATH.format(page_id)
        return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)

    @extend_schema(
        operation_id="page_find",
        summary="The page at a path (redirects to it); what has moved is followed",
        parameters=[OpenApiParameter("html_path", OpenApiTypes.STR, required=True)],
        responses={302: OpenApiResponse(description="`/api/pages/<id>/`"), 404: schemas.NOT_THERE},
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        raise NotThere


def place_of(path: str) -> Place:
    """The page at this path, a redirect followed once. Raises NotThere for what is no page, Invalid for nothing."""
    if not path:
        raise Invalid(errors={"html_path": [_("Say which path: /about/.")]})
    place = resolve_path(path)
    place = resolve_path(place.location) if place.kind == "redirect" else place
    if place.kind != "page":
        raise NotThere
    return place


def _in_wagtails_words(request: HttpRequest) -> HttpRequest:
    """`?lang=` is Wagtail's `?locale=`, `?path=` the page that stands there."""
    given = request.GET.copy()
    if language := given.pop("lang", None):
        if language[-1] not in dict(settings.LANGUAGES):
            raise Invalid(errors={"lang": [_("Not a language of this shop.")]})
        given.setdefault("locale", language[-1])
    if path := given.pop("path", None):
        place = resolve_path(path[-1])
        given["id"] = str(place.id if place.kind == "page" else NO_PAGE)
    request.GET = given  # type: ignore[assignment]
    return request
