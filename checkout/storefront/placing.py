"""From the review to an order, and where a refusal sends the shopper back to."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from checkout.api.limits import place_counted
from checkout.order.errors import CartEmpty, LinesNotForSale, PriceChanged, QuantityLimit, Shortage, TotalChanged
from checkout.order.models import Order
from checkout.order.rules import is_payable
from checkout.order.services.place_order import Buyer, Wishes, place_order
from checkout.storefront.checkout import Checkout
from checkout.storefront.forms import ReviewForm
from checkout.storefront.order_addresses import pay_url
from checkout.storefront.pages import say, see_other
from shop.core.errors import Refusal
from shop.core.limits import TooMany
from shop.privacy.cookies import visitor_of


def place(checkout: Checkout, form: ReviewForm) -> Order:
    """Raises whatever `place_order` refuses with."""
    shopper, state, typed = checkout.shopper, checkout.state, form.cleaned_data
    user = shopper.caller.user
    buyer = Buyer(
        email=state.email,
        caller=shopper.caller.key,
        user_id=user.pk if user else None,
        cart_token_hash=None if user else shopper.caller.cart_token_hash,
        visitor=visitor_of(checkout.request),
    )
    wishes = Wishes(
        address=state.address or {},
        payment_method=state.payment_method,
        shipping_method=state.shipping_method,
        note=typed["note"],
        gift_note=typed["gift_note"],
        use_store_credit=state.use_store_credit,
        shown_total=typed["shown_total"],
    )
    key = typed["idempotency_key"]
    place = partial(place_order, buyer=buyer, wishes=wishes, context=shopper.context, idempotency_key=key)
    return place_counted(checkout.request, place)


def go_on_with(order: Order) -> HttpResponse:
    """To the payment page while there is something to pay there, else to the thanks."""
    return see_other(pay_url(order)) if is_payable(order) else see_other("checkout:done", order.number)


def sent_back(checkout: Checkout, refusal: Refusal) -> HttpResponse:
    """To the page where it can be put right; that page says what has changed."""
    if isinstance(refusal, CartEmpty | LinesNotForSale | Shortage | QuantityLimit):
        to = "cart"
    elif isinstance(refusal, PriceChanged | TotalChanged | TooMany):
        to = "review"
    else:
        wrong = {"shipping_method": "delivery", "payment_method": "payment"}
        to = next((wrong[field] for field in refusal.errors if field in wrong), "address")
    messages.warning(checkout.request, f"{say(refusal)} {_('Nothing was ordered, nothing was charged.')}")
    return see_other(f"checkout:{to}")
