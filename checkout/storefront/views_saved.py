"""What a shopper puts aside for later, and what comes from their wishlist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.cart.services.drop_saved import drop_saved
from checkout.cart.services.move_from_wishlist import move_from_wishlist
from checkout.cart.services.restore_line import restore_line
from checkout.cart.services.save_line import save_line
from checkout.storefront.caller import page_caller
from checkout.storefront.pages import page, say, see_other
from checkout.storefront.shopper import cart_of
from shop.core.api.context import page_context
from shop.core.errors import NotThere, Refusal


@page("POST")
def save(request: HttpRequest, line_id: int) -> HttpResponse:
    save_line(cart_id=_cart_id(request), line_id=line_id, at=timezone.now())
    messages.success(request, _("It waits below, for later."))
    return see_other("checkout:cart")


@page("POST")
def restore(request: HttpRequest, saved_id: int) -> HttpResponse:
    cart_id, context = _cart_id(request), page_context(request)
    return _try(request, lambda: restore_line(cart_id=cart_id, saved_id=saved_id, context=context))


@page("POST")
def drop(request: HttpRequest, saved_id: int) -> HttpResponse:
    drop_saved(cart_id=_cart_id(request), saved_id=saved_id)
    messages.success(request, _("Taken out."))
    return see_other("checkout:cart")


@page("POST", signed_in=True)
def from_wishlist(request: HttpRequest, item_id: int) -> HttpResponse:
    user, caller, context = request.user, page_caller(request), page_context(request)
    return _try(
        request,
        lambda: move_from_wishlist(user=user, caller=caller, item_id=item_id, context=context).item,  # type: ignore[arg-type]
    )


def _try(request: HttpRequest, put: Callable[[], Any]) -> HttpResponse:
    """Into the cart, or a word why not."""
    try:
        item = put()
    except NotThere:
        raise
    except Refusal as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, _("%(name)s is in your cart.") % {"name": item.name})
    return see_other("checkout:cart")


def _cart_id(request: HttpRequest) -> int:
    """Raises NotThere for a shopper without a cart."""
    cart = cart_of(page_caller(request))
    if cart is None:
        raise NotThere
    return cart.pk
