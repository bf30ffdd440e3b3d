"""The ways of paying that a buyer is offered for this cart, and why one is not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from checkout.cart.selectors import CartView
from checkout.payment.entry import Entry
from checkout.payment.providers import entries
from shop.core.money import format_money


def payment_choices(view: CartView, chosen: str, locale: str) -> list[dict[str, Any]]:
    """`[{code, title, text, icon, selected, disabled, reason}]`; the first that can be taken is selected unless one was."""
    choices = [_choice(entry, view, locale) for entry in entries() if entry.is_configured()]
    takeable = [choice for choice in choices if not choice["disabled"]]
    selected = next((c for c in takeable if c["code"] == chosen), takeable[0] if takeable else None)
    return [choice | {"selected": choice is selected} for choice in choices]


def is_offered(view: CartView, code: str, locale: str) -> bool:
    return any(choice["code"] == code and not choice["disabled"] for choice in payment_choices(view, code, locale))


def _choice(entry: Entry, view: CartView, locale: str) -> dict[str, Any]:
    reason = _why_no_cash(view, locale) if entry.code == "cod" else ""
    return {
        "code": entry.code, "title": entry.title, "text": entry.text, "icon": entry.icon,
        "disabled": bool(reason), "reason": reason,
    }  # fmt: skip


def _why_no_cash(view: CartView, locale: str) -> str:
    most = settings.COD_MAX_AMOUNT.get(view.currency)
    if most is None:
        return _("Only for orders in rupees.")
    if view.shipping_offer is None or not view.shipping_offer.cod:
        return _("Not with this delivery.")
    if view.total.minor > most:
        return _("Up to %(amount)s.") % {"amount": format_money(most, view.currency, locale)}
    return ""
