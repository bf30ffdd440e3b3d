"""One request of the checkout: the shopper, what they have said, and the step they are at."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from checkout.cart.services.show_cart import remember_shown
from checkout.storefront.cart_context import cart_page
from checkout.storefront.checkout_state import CheckoutState
from checkout.storefront.credit_step import CreditUse, asked_for, credit_sums
from checkout.storefront.pages import page, see_other, show
from checkout.storefront.shopper import Shopper, shopper_of
from checkout.storefront.steps import first_missing, may_show, steps_shown, what_is_missing


@dataclass
class Checkout:
    request: HttpRequest
    shopper: Shopper
    state: CheckoutState
    credit: CreditUse

    @classmethod
    def of(cls, request: HttpRequest) -> Checkout:
        state = CheckoutState.of(request)
        shopper = shopper_of(request, shipping_code=state.shipping_method)
        if shopper.caller.user and shopper.caller.user.email:
            state.email = shopper.caller.user.email
        user_id = shopper.caller.user.pk if shopper.caller.user else None
        view, credit = asked_for(shopper.view, state, user_id, shopper.context.locale)
        return cls(request, replace(shopper, view=view), state, credit)

    @property
    def missing(self) -> str:
        return first_missing(self.state, self.shopper.view, self.shopper.context.locale, is_covered=self.credit.covers)

    def keep(self, **said: Any) -> None:
        self.state.keep(self.request, **said)

    def show(self, step: str, **context: Any) -> HttpResponse:
        """A step, with the order so far beside it. What is shown here of prices counts as seen."""
        view, locale = self.shopper.view, self.shopper.context.locale
        answer = show(
            self.request,
            f"checkout/checkout_{step}.html",
            _("Checkout"),
            cart=cart_page(view, self.shopper.context) | credit_sums(self.credit, view, locale),
            steps=steps_shown(step, self.state, view, locale, self.credit),
            is_signed_in=self.shopper.caller.user is not None,
            **context,
        )
        remember_shown(view)
        return answer


def turned_away(checkout: Checkout) -> HttpResponse | None:
    """To the cart, where nothing in it can be bought as it stands."""
    items = checkout.shopper.view.items
    if not items:
        messages.info(checkout.request, _("Your cart is empty: there is nothing to check out yet."))
    elif not all(item.buyable for item in items):
        messages.warning(checkout.request, _("Something in your cart cannot be bought as it is. Change that first."))
    elif checkout.shopper.view.shipping_offer is None:
        messages.warning(checkout.request, _("We cannot send anything in this currency yet. Choose another one below."))
    else:
        return None
    return see_other("checkout:cart")


def step(name: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page of the checkout. Whoever comes too early is sent to what is missing, and told so."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @page()
        @functools.wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            checkout = Checkout.of(request)
            if (away := turned_away(checkout)) is not None:
                return away
            if not may_show(name, missing := checkout.missing):
                messages.warning(request, what_is_missing(missing))
                return see_other(f"checkout:{missing}")
            return view(request, checkout)

        return answer

    return decorate
