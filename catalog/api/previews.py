"""Drafts of products and categories for whoever holds a preview token (`?preview=…` or `X-Preview-Token`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.response import Response
from wagtail.models import Page, Revision

from catalog.api.category_input import page_as_json
from catalog.api.permissions import may_edit
from catalog.listing.building.heads import head_of
from catalog.listing.images import image_ids_in, pictures_of
from catalog.listing.services.draft import draft_of
from catalog.product.models import CategoryPage, Product
from catalog.product.selectors import content_row
from shop.accounts.models import User
from shop.core.api.context import currency_of
from shop.core.context import ShopContext
from shop.core.errors import NotThere
from shop.core.preview import Preview, PreviewRefused, read_preview

HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


def token_of(request: HttpRequest) -> str:
    return request.GET.get("preview") or request.headers.get("X-Preview-Token") or ""


def preview_answer(data: Any) -> Response:
    """Never kept by anybody, never found by a search engine."""
    return Response(data, headers=HEADERS)


def editor_of(preview: Preview) -> User:
    """Who opened it, while that account is active. Raises PreviewRefused."""
    user = User.objects.filter(pk=preview.user_id, is_active=True).first()
    if user is None:
        raise PreviewRefused
    return user


def product_row(product_id: int, locale: str) -> Product:
    """In this language where the product has it, else in its source language. Raises NotThere."""
    try:
        return content_row(product_id, locale)
    except NotThere:
        return content_row(product_id)


def category_page(category_id: int, locale: str) -> CategoryPage:
    """The category's page in this language, else that of its source. Raises NotThere."""
    source = CategoryPage.objects.filter(pk=category_id).first()
    if source is None:
        raise NotThere
    same = CategoryPage.objects.filter(translation_key=source.translation_key, locale__language_code=locale)
    return same.first() or source


def draft_object(row: Any, revision_id: int | None) -> Any:
    """The latest draft, or what this revision holds. Raises PreviewRefused for a revision of something else."""
    if revision_id is None:
        return row.get_latest_revision_as_object()
    revision = Revision.objects.for_instance(row).filter(pk=revision_id).first()
    if revision is None:
        raise PreviewRefused
    return revision.as_object()


def product_preview(request: HttpRequest, product_id: int) -> dict[str, Any]:
    """The product of the API as its draft would make it. Raises PreviewRefused, PreviewOver."""
    preview, row = opened(token_of(request), "product", product_id)
    context = ShopContext.now(currency=currency_of(request), locale=row.locale.language_code)
    draft = draft_object(row, preview.revision_id)
    return draft_of(product=draft, context=context) | _state(row)


def category_preview(request: HttpRequest, category_id: int) -> dict[str, Any]:
    preview, row = opened(token_of(request), "category", category_id)
    page = draft_object(row, preview.revision_id)
    head = head_of(page, pictures_of(image_ids_in(page.body.raw_data)))
    return page_as_json(page) | {"id": category_id} | described(head) | _state(row)


def described(head: dict[str, Any]) -> dict[str, Any]:
    """What one category tells beyond its place in the tree."""
    return {
        "description": head.get("intro", ""),
        "seo": {"title": head.get("seo_title", ""), "description": head.get("seo_description", "")},
        "body": head.get("body", []),
    }


def opened(token: str, kind: str, id_: int) -> tuple[Preview, Any]:
    """The preview with the row that it is of, after every check. Raises PreviewRefused, PreviewOver."""
    preview = read_preview(token, of=(kind, id_))
    row = row_of(kind, id_, preview.locale)
    if not may_edit(editor_of(preview), row):
        raise PreviewRefused
    return preview, row


def row_of(kind: str, id_: int, locale: str = "") -> Product | Page:
    """What a preview may be of. Raises NotThere."""
    language = locale or settings.LANGUAGE_CODE
    if kind == "product":
        return product_row(id_, language)
    if kind == "category":
        return category_page(id_, language)
    page = Page.objects.filter(pk=id_, depth__gt=1).first()
    if page is None or getattr(page.specific_class, "headless_kind", "") != "page":
        raise NotThere
    return page.specific


def _state(row: Any) -> dict[str, bool]:
    return {"live": row.live, "has_unpublished_changes": row.has_unpublished_changes}
