"""Drafts in the client: tokens are made for people who may edit, by the API and by the admin's preview "In the app"."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page

from catalog.api.permissions import may_edit
from catalog.api.previews import HEADERS, draft_object, opened, preview_answer, row_of, token_of
from catalog.product.models import CategoryPage, Product
from catalog.product.selectors import source_category
from cms_pages.api import schemas
from shop.core.api.fields import Instant
from shop.core.api.sparse import asked_members, members_of
from shop.core.errors import Invalid, NotThere
from shop.core.pages import previews_in_app
from shop.core.preview import Preview, PreviewRefused, ends_at, read_preview, sign_preview

KINDS = ["product", "category", "page"]
PLACES = {"product": "/api/product/{}/", "category": "/api/category/{}/", "page": "/api/pages/{}/"}


class PreviewIn(serializers.Serializer):
    kind = serializers.ChoiceField(KINDS)
    id = serializers.IntegerField(min_value=1, max_value=2**53)
    lang = serializers.CharField(max_length=12, required=False, help_text="Of a product or category.")
    revision = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, help_text="Of this thing; else its latest draft."
    )

    def validate_lang(self, code: str) -> str:
        if code not in dict(settings.LANGUAGES):
            raise serializers.ValidationError(_("Not a language of this shop."))
        return code


class PreviewOut(serializers.Serializer):
    kind = serializers.ChoiceField(KINDS)
    id = serializers.IntegerField()
    lang = serializers.CharField()
    title = serializers.CharField()
    api_url = serializers.CharField(help_text="Where the draft is read, with the token.")
    live = serializers.BooleanField()
    has_unpublished_changes = serializers.BooleanField()


class PreviewMade(PreviewOut):
    token = serializers.CharField()
    url = serializers.CharField(help_text="The client with the token.")
    expires_at = Instant()


class ReadOrSignedIn(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return request.method in SAFE_METHODS or request.user.is_authenticated


class PreviewView(APIView):
    permission_classes = [ReadOrSignedIn]

    @extend_schema(
        summary="What a preview token opens",
        parameters=[OpenApiParameter("preview", str, description="The token; also the header `X-Preview-Token`.")],
        responses={200: PreviewOut, 403: schemas.PREVIEW_REFUSED},
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        asked_members(request._request, members_of(type(self)))  # first: a preview is told to nobody who asks wrongly
        token = token_of(request._request)
        told = read_preview(token)
        preview, row = opened(token, told.kind, told.id)
        return preview_answer(_told(preview, row))

    @extend_schema(
        summary="A preview token, for who may edit it",
        request=PreviewIn,
        responses={201: PreviewMade, 404: schemas.NOT_THERE},
        tags=["content"],
    )
    def post(self, request: Request) -> Response:
        wanted = PreviewIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        preview, row = _allowed(request.user, **wanted.validated_data)
        token = sign_preview(preview)
        made = {"token": token, "url": _address(token), "expires_at": Instant().to_representation(ends_at())}
        return Response(_told(preview, row) | made, status=201, headers=HEADERS)


def _allowed(user: Any, *, kind: str, id: int, lang: str = "", revision: int | None = None) -> tuple[Preview, Any]:
    """What is not there and what is not theirs answer alike. Raises NotThere, Invalid (`revision`)."""
    row = row_of(kind, id, lang)
    if not may_edit(user, row):
        raise NotThere
    try:
        draft_object(row, revision)
    except PreviewRefused:
        raise Invalid(errors={"revision": [_("It has no such revision.")]}) from None
    return Preview(kind, id, row.locale.language_code, user.pk, revision), row


def _told(preview: Preview, row: Any) -> dict[str, Any]:
    draft = draft_object(row, preview.revision_id)
    return {
        "kind": preview.kind, "id": preview.id, "lang": preview.locale, "title": draft.title,
        "api_url": PLACES[preview.kind].format(preview.id), "live": row.live,
        "has_unpublished_changes": row.has_unpublished_changes,
    }  # fmt: skip


@previews_in_app
def show_in_app(request: HttpRequest, instance: Any) -> HttpResponse:
    """The admin's preview: the client, opened on the latest draft that was saved."""
    if instance.pk is None:
        return render(request, "cms_pages/preview_save_first.html")
    if not may_edit(request.user, instance):
        raise PermissionDenied
    preview = Preview(instance.headless_kind, _id_of(instance), instance.locale.language_code, request.user.pk or 0)
    response = HttpResponseRedirect(_address(sign_preview(preview)))
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _id_of(instance: Product | Page) -> int:
    if isinstance(instance, Product):
        return instance.core_id
    return source_category(instance).pk if isinstance(instance, CategoryPage) else instance.pk


def _address(token: str) -> str:
    joined = "&" if "?" in settings.HEADLESS_PREVIEW_URL else "?"
    return f"{settings.HEADLESS_PREVIEW_URL}{joined}{urlencode({'token': token})}"
