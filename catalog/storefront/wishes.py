"""The heart on products and cards, and the list in the account. Pages are the same for everybody, so the heart's form
carries no CSRF token; which hearts are full is asked for afterwards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.api.reading import storable_id
from catalog.listing.postgres import cards_for
from catalog.storefront.private_pages import page, person_of
from catalog.wishlist.selectors import Wished, as_they_stand, items_of
from catalog.wishlist.services.drop_product import drop_product
from catalog.wishlist.services.keep_product import keep_product
from shop.accounts.storefront.going_on import next_of, with_next
from shop.accounts.storefront.pages import show
from shop.core.api.context import page_context
from shop.core.errors import NotThere, Refusal
from shop.core.origin import own_pages_only


@own_pages_only
@page("POST")
def keep(request: HttpRequest, product_id: int) -> HttpResponse:
    """Answers a script with JSON, everybody else with their list. A guest signs in and comes back to the product."""
    product_id = storable_id(product_id)
    if not request.user.is_authenticated:
        return _sign_in_first(request, product_id)
    try:
        wished = _turn(request, product_id)
    except NotThere:
        raise
    except Refusal as refusal:
        return _refused(request, refusal)
    if _asks_by_script(request):
        return JsonResponse({"wished": wished})
    messages.success(request, _("It is on your list.") if wished else _("It is off your list."))
    return redirect(next_of(request) or "own_wishlist")


@page("GET", "HEAD", signed_in=True)
def own_wishlist(request: HttpRequest) -> HttpResponse:
    context = page_context(request)
    wished = as_they_stand(list(items_of(person_of(request))), context)
    return show(request, "wishlist", {"section": "wishlist", "items": [_item(each, context.locale) for each in wished]})


def _turn(request: HttpRequest, product_id: int) -> bool:
    """Keep it, or with `remove` take it off; whether it is on the list now."""
    user = person_of(request)
    if request.POST.get("remove") == "1":
        drop_product(user=user, product_id=product_id)
        return False
    variant = request.POST.get("variant", "")
    variant_id = int(variant) if variant.isascii() and variant.isdigit() and len(variant) < 19 else None
    keep_product(
        user=user, product_id=product_id, variant_id=variant_id, context=page_context(request), at=timezone.now()
    )
    return True


def _sign_in_first(request: HttpRequest, product_id: int) -> HttpResponse:
    found = cards_for([product_id], page_context(request))
    if not found:
        raise NotThere
    url = with_next("accounts:login", next_of(request) or found[0]["url"])
    return JsonResponse({"sign_in": url}, status=401) if _asks_by_script(request) else redirect(url)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if _asks_by_script(request):
        return JsonResponse({"detail": str(refusal.detail)}, status=refusal.status)
    messages.error(request, str(refusal.detail))
    return redirect("own_wishlist")


def _asks_by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _item(wished: Wished, locale: str) -> dict[str, Any]:
    card = wished.card
    return {
        "id": wished.item.pk,
        "product_id": wished.item.core_id,
        "variant_id": wished.item.variant_id or "",
        "product": card,
        "dropped_from": wished.before.text(locale) if wished.before and wished.dropped else "",
        "can_be_bought": bool(card and card["in_stock"] and wished.price),
        "must_choose": bool(card and card["sku"] is None and not wished.item.variant_id),
    }
