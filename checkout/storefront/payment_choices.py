"""The ways of paying that a buyer is offered for this cart, and why one is not."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from checkout.cart.selectors import CartView
from checkout.payment import providers
from checkout.payment.entry import Entry


def payment_choices(view: CartView, chosen: str, locale: str) -> list[dict[str, Any]]:
    """`[{code, title, text, icon, extra_text, selected, disabled, reason}]`; the first that can be taken is selected
    unless one was. The cart must have been asked for its terms of cash (`with_cash`)."""
    offered = [entry for entry in providers.entries() if entry.takes(view.currency)]
    choices = [_choice(entry, view, locale) for entry in offered if entry.code != "cod" or _has_cash(view)]
    takeable = [choice for choice in choices if not choice["disabled"]]
    selected = next((c for c in takeable if c["code"] == chosen), takeable[0] if takeable else None)
    return [choice | {"selected": choice is selected} for choice in choices]


def is_offered(view: CartView, code: str, locale: str) -> bool:
    return any(choice["code"] == code and not choice["disabled"] for choice in payment_choices(view, code, locale))


def title_of(code: str) -> str:
    entry = providers.entry(code)
    return str(entry.title) if entry else code.title()


def _has_cash(view: CartView) -> bool:
    return bool(view.cash and view.cash.exists)


def _choice(entry: Entry, view: CartView, locale: str) -> dict[str, Any]:
    reason, extra = "" if providers.is_answering(entry.code) else _("Not available right now."), ""
    if entry.code == "cod" and view.cash:
        reason = view.cash.refusal
        extra = f"+ {view.cash.fee.text(locale)}" if view.cash.fee else ""
    return {
        "code": entry.code, "title": entry.title, "text": entry.text, "icon": entry.icon, "extra_text": extra,
        "disabled": bool(reason), "reason": reason,
    }  # fmt: skip
