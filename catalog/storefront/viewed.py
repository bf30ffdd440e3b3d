"""What somebody looked at lately: noted, and shown, after the page itself, which is the same for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from catalog.api.reading import storable_id
from catalog.api.viewed_cookie import ids_in_cookie, keep_ids
from catalog.listing.postgres import cards_for
from catalog.storefront.private_pages import page, person_of
from catalog.viewed.selectors import viewed_ids
from catalog.viewed.services.note_views import note_views
from shop.accounts.sign_in_hooks import on_sign_in
from shop.accounts.storefront.overview import on_overview
from shop.core.api.context import page_context
from shop.core.origin import own_pages_only

SHOWN = 4


@own_pages_only
@page("POST")
def look(request: HttpRequest, product_id: int) -> HttpResponse:
    """Note that this product was looked at; answers with those before it."""
    product_id = storable_id(product_id)
    before = [id_ for id_ in _ids(request) if id_ != product_id]
    cards = cards_for(before[:SHOWN], page_context(request)) if before else []
    response = render(request, "catalog/recently_viewed.html", {"products": cards})
    if request.user.is_authenticated:
        note_views(user=person_of(request), product_ids=[product_id], at=timezone.now())
    else:
        keep_ids(response, [product_id, *before])
    return response


@on_overview
def recently_viewed(request: HttpRequest) -> dict:
    ids = viewed_ids(person_of(request))[:SHOWN]
    return {"recently_viewed": cards_for(ids, page_context(request)) if ids else []}


@on_sign_in
def take_views_along(request, user) -> None:
    if ids := ids_in_cookie(request):
        note_views(user=user, product_ids=ids, at=timezone.now())


def _ids(request: HttpRequest) -> list[int]:
    return viewed_ids(person_of(request)) if request.user.is_authenticated else ids_in_cookie(request)
