"""The checkout, one page per question. Works without scripts; every answer is kept in the session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.order.selectors import placed_before
from checkout.shipping.selectors import ShippingOffer
from checkout.storefront.address_step import address_form, addresses_shown, again_shown, chosen_address, last_time
from checkout.storefront.caller import page_caller
from checkout.storefront.checkout import Checkout, step
from checkout.storefront.checkout_state import forget_checkout
from checkout.storefront.credit_step import covered_method, credit_choice
from checkout.storefront.forms import DeliveryForm, PaymentForm, ReviewForm
from checkout.storefront.pages import page, see_other
from checkout.storefront.payment_choices import payment_choices
from checkout.storefront.placing import go_on_with, place, sent_back
from shop.core.context import ShopContext
from shop.core.dates import day_text
from shop.core.errors import Refusal


@step("address")
def start(request: HttpRequest, checkout: Checkout) -> HttpResponse:
    """To the first question that is still open."""
    return see_other(f"checkout:{checkout.missing}")


@step("address")
def address(request: HttpRequest, checkout: Checkout) -> HttpResponse:
    form = address_form(checkout)
    if request.method == "POST" and (chosen := chosen_address(checkout, form)):
        checkout.keep(**chosen)
        return see_other("checkout:delivery")
    again = again_shown(last_time(checkout))
    return checkout.show("address", form=form, addresses=addresses_shown(checkout), again=again)


@step("address")
def again(request: HttpRequest, checkout: Checkout) -> HttpResponse:
    """As last time: straight to the review."""
    if request.method == "POST" and (order := last_time(checkout)):
        said = {"shipping_method": order.shipping_method, "payment_method": order.payment_method}
        checkout.keep(email=order.email, address=order.address, address_id=None, **said)
        return see_other("checkout:review")
    return see_other("checkout:address")


@step("delivery")
def delivery(request: HttpRequest, checkout: Checkout) -> HttpResponse:
    offers = checkout.shopper.view.offers
    form = DeliveryForm(request.POST if request.method == "POST" else None, [offer.code for offer in offers])
    if form.is_valid():
        checkout.keep(**form.chosen)
        return see_other("checkout:payment")
    context, chosen = checkout.shopper.context, checkout.state.shipping_method or offers[0].code
    return checkout.show("delivery", form=form, rates=[_rate(offer, context, chosen) for offer in offers])


def _rate(offer: ShippingOffer, context: ShopContext, chosen: str) -> dict[str, Any]:
    day = day_text(offer.arrives_by(timezone.localdate(context.at)), context.locale)
    return {
        "code": offer.code,
        "name": offer.name,
        "eta_text": _("With you by %(day)s.") % {"day": day},
        "price_text": offer.price.text(context.locale) if offer.price else _("Free"),
        "is_free": not offer.price,
        "cod": offer.cod,
        "selected": offer.code == chosen,
    }


@step("payment")
def payment(request: HttpRequest, checkout: Checkout) -> HttpResponse:
    view, locale = checkout.shopper.view, checkout.shopper.context.locale
    methods = payment_choices(view, checkout.state.payment_method, locale)
    codes = [method["code"] for method in methods if not method["disabled"]]
    form = PaymentForm(request.POST if request.method == "POST" else None, codes)
    if request.method == "POST":
        checkout.keep(use_store_credit="use_store_credit" in request.POST)
    if form.is_valid():
        checkout.keep(**form.chosen)
        return see_other("checkout:review")
    if form.is_bound and Checkout.of(request).credit.covers:
        return see_other("checkout:review")
    return checkout.show("payment", form=form, methods=methods, credit=credit_choice(checkout.credit, view, locale))


@page()
def review(request: HttpRequest) -> HttpResponse:
    """A second click, another tab, the back button after paying: the same key leads to the same order."""
    key = request.POST.get("idempotency_key", "")
    if key and (order := placed_before(caller=page_caller(request), idempotency_key=key)):
        return go_on_with(order)
    return _review(request)


@step("review")
def _review(request: HttpRequest, checkout: Checkout) -> HttpResponse:
    said = {"note": checkout.state.note, "gift_note": checkout.state.gift_note}
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=said)
    if not form.is_valid():
        return _show_review(checkout, form)
    try:
        order = place(checkout, form)
    except Refusal as refusal:
        checkout.keep(note=form.cleaned_data["note"], gift_note=form.cleaned_data["gift_note"])
        return sent_back(checkout, refusal)
    forget_checkout(request)
    return go_on_with(order)


def _show_review(checkout: Checkout, form: ReviewForm) -> HttpResponse:
    view, context, state = checkout.shopper.view, checkout.shopper.context, checkout.state
    choices = payment_choices(view, state.payment_method, context.locale)
    covered = covered_method() if checkout.credit.covers else None
    chosen = covered or next(choice for choice in choices if choice["selected"])
    key = state.key_for_review(checkout.request)
    eta = _rate(view.shipping_offer, context, "")["eta_text"] if view.shipping_offer else ""
    rest = checkout.credit.rest(view)
    return checkout.show(
        "review", form=form, method=chosen, eta_text=eta, idempotency_key=key, shown_total=str(rest),
        rest_text=rest.text(context.locale),
    )  # fmt: skip
