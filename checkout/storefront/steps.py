"""The steps of the checkout, what each needs before it, and how they are shown."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from checkout.cart.selectors import CartView
from checkout.storefront.checkout_state import CheckoutState
from checkout.storefront.credit_step import CreditUse
from checkout.storefront.payment_choices import is_offered, payment_choices

STEPS = ("address", "delivery", "payment", "review")


def first_missing(state: CheckoutState, view: CartView, locale: str, *, is_covered: bool) -> str:
    """The step that comes next: the first one whose question is open, or whose answer no longer holds. What store credit
    covers needs no way of paying."""
    if state.address is None or not state.email:
        return "address"
    if state.shipping_method not in {offer.code for offer in view.offers}:
        return "delivery"
    return "review" if is_covered or is_offered(view, state.payment_method, locale) else "payment"


def may_show(step: str, missing: str) -> bool:
    return STEPS.index(step) <= STEPS.index(missing)


def what_is_missing(step: str) -> str:
    told = {
        "address": _("First say where it should go."),
        "delivery": _("First choose how it should come."),
        "payment": _("First choose how you want to pay."),
    }
    return told.get(step, "")


def steps_shown(
    now: str, state: CheckoutState, view: CartView, locale: str, credit: CreditUse
) -> list[dict[str, Any]]:  # fmt: skip
    titles = {"address": _("Address"), "delivery": _("Delivery"), "payment": _("Payment"), "review": _("Review")}
    at = STEPS.index(now)
    done = {name: _summary(name, state, view, locale, credit) for name in STEPS[:at]}
    return [
        {"title": titles[name], "url": reverse(f"checkout:{name}"), "summary": done.get(name, ""),
         "state": "done" if index < at else "now" if index == at else "next"}
        for index, name in enumerate(STEPS)
    ]  # fmt: skip


def _summary(step: str, state: CheckoutState, view: CartView, locale: str, credit: CreditUse) -> str:
    if step == "address":
        address = state.address or {}
        return ", ".join(address[part] for part in ("name", "street", "city", "pincode") if address.get(part))
    if step == "delivery":
        offer = view.shipping_offer
        return f"{offer.name}, {offer.price.text(locale) if offer.price else _('free')}" if offer else ""
    ways = [_("Store credit")] if credit.chosen else []
    if not credit.covers:
        ways += [c["title"] for c in payment_choices(view, state.payment_method, locale) if c["selected"]]
    return " + ".join(map(str, ways))
