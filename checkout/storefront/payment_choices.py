"""The ways of paying that a buyer is offered for this cart, and why one is not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from checkout.cart.selectors import CartView
from checkout.payment.providers import offered
from shop.core.money import format_money


def payment_choices(view: CartView, chosen: str, locale: str) -> list[dict[str, Any]]:
    """`[{code, title, text, selected, disabled, reason}]`; the first that can be taken is selected unless one was."""
    choices = [_choice(code, view, locale) for code in offered()]
    takeable = [choice for choice in choices if not choice["disabled"]]
    selected = next((c for c in takeable if c["code"] == chosen), takeable[0] if takeable else None)
    return [choice | {"selected": choice is selected} for choice in choices]


def is_offered(view: CartView, code: str, locale: str) -> bool:
    return any(choice["code"] == code and not choice["disabled"] for choice in payment_choices(view, code, locale))


def _choice(code: str, view: CartView, locale: str) -> dict[str, Any]:
    titles = {
        "cod": (_("Cash on delivery"), _("Pay the rider, in cash or by UPI.")),
        "razorpay": (_("UPI, card or net banking"), _("On the next page, with Razorpay.")),
    }
    title, text = titles.get(code, (code.title(), ""))
    reason = _why_no_cash(view, locale) if code == "cod" else ""
    return {"code": code, "title": title, "text": text, "disabled": bool(reason), "reason": reason}


def _why_no_cash(view: CartView, locale: str) -> str:
    most = settings.COD_MAX_AMOUNT.get(view.currency)
    if most is None:
        return _("Only for orders in rupees.")
    if view.shipping_offer is None or not view.shipping_offer.cod:
        return _("Not with this delivery.")
    if view.total.minor > most:
        return _("Up to %(amount)s.") % {"amount": format_money(most, view.currency, locale)}
    return ""
