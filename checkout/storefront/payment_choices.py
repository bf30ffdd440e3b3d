"""The ways of paying that a buyer is offered for this cart, and why one is not."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from checkout.cart.selectors import CartView
from checkout.payment.providers import is_answering, offered


def payment_choices(view: CartView, chosen: str, locale: str) -> list[dict[str, Any]]:
    """`[{code, title, text, extra_text, selected, disabled, reason}]`; the first that can be taken is selected unless
    one was. The cart must have been asked for its terms of cash (`with_cash`)."""
    choices = [_choice(code, view, locale) for code in offered() if code != "cod" or (view.cash and view.cash.exists)]
    takeable = [choice for choice in choices if not choice["disabled"]]
    selected = next((c for c in takeable if c["code"] == chosen), takeable[0] if takeable else None)
    return [choice | {"selected": choice is selected} for choice in choices]


def is_offered(view: CartView, code: str, locale: str) -> bool:
    return any(choice["code"] == code and not choice["disabled"] for choice in payment_choices(view, code, locale))


def title_of(code: str) -> str:
    titles = {"cod": _("Cash on delivery"), "razorpay": _("UPI, card or net banking")}
    return titles.get(code, code.title())


def _choice(code: str, view: CartView, locale: str) -> dict[str, Any]:
    texts = {"cod": _("Pay the rider, in cash or by UPI."), "razorpay": _("On the next page, with Razorpay.")}
    title, text = title_of(code), texts.get(code, "")
    reason, extra = "" if is_answering(code) else _("Not available right now."), ""
    if code == "cod" and view.cash:
        reason = view.cash.refusal
        extra = f"+ {view.cash.fee.text(locale)}" if view.cash.fee else ""
    return {"code": code, "title": title, "text": text, "extra_text": extra, "disabled": bool(reason), "reason": reason}
