"""Store credit in the checkout: what there is of it, what it pays, and what is left to pay another way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from checkout.cart.selectors import CartView, with_cash
from checkout.credit.rules import usable
from checkout.credit.selectors import credit_of
from checkout.order.rules import STORE_CREDIT
from checkout.storefront.checkout_state import CheckoutState
from shop.core.money import Money


@dataclass(frozen=True)
class CreditUse:
    """`used` of `balance` pays, once `chosen`; `covers`: for all of it. `place_order` decides the same under its lock."""

    balance: Money
    chosen: bool
    covers: bool
    used: Money

    def rest(self, view: CartView) -> Money:
        return view.total - self.used


def asked_for(view: CartView, state: CheckoutState, user_id: int | None, locale: str) -> tuple[CartView, CreditUse]:
    """The cart with what its way of paying costs, and what store credit pays of it. One query for who is signed in."""
    balance = credit_of(user_id, view.currency)
    chosen = state.use_store_credit and bool(balance)
    covers = chosen and bool(view.total) and not balance < view.total
    if view.items:
        pincode = state.address.get("pincode", "") if state.address else None
        pays_cash = state.payment_method == "cod" and not covers
        view = with_cash(view, pincode=pincode, locale=locale, chosen=pays_cash)
    used = usable(balance.minor, view.total.minor) if chosen else 0
    return view, CreditUse(balance, chosen, covers, Money(used, view.currency))


def credit_sums(credit: CreditUse, view: CartView, locale: str) -> dict[str, str]:
    """What joins the sums of the cart; nothing where no credit is used."""
    if not credit.used:
        return {}
    return {
        "store_credit_text": Money(-credit.used.minor, view.currency).text(locale),
        "to_pay_text": credit.rest(view).text(locale),
        "rest_label": _("To pay"),
    }


def credit_choice(credit: CreditUse, view: CartView, locale: str) -> dict[str, Any] | None:
    """The tick of the payment step: what it would pay, and what would remain. None where there is no credit."""
    would = Money(usable(credit.balance.minor, view.total.minor), view.currency)
    if not would:
        return None
    there = _("You have %(balance)s.") % {"balance": credit.balance.text(locale)}
    rest = view.total - would
    left = _("%(rest)s is left to pay.") % {"rest": rest.text(locale)} if rest else _("Nothing is left to pay.")
    return {"text": f"{there} {left}", "amount_text": f"−{would.text(locale)}", "selected": credit.chosen}


def covered_method() -> dict[str, Any]:
    """In the place of a way of paying, where credit pays for all of it."""
    return {"code": STORE_CREDIT, "title": _("Store credit")}
