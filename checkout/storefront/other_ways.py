"""How an order that waits for money could be paid instead."""

from __future__ import annotations

from django.utils.translation import gettext as _

from checkout.order.cash import cash_terms_of
from checkout.order.models import Order
from checkout.order.rules import is_waiting_for_money
from checkout.payment.providers import is_answering, offered
from checkout.storefront.payment_choices import title_of


def other_ways(order: Order, locale: str) -> list[dict[str, str]]:
    """`[{code, text}]`: buttons. None where nothing can be chosen any more."""
    if not is_waiting_for_money(order):
        return []
    here = ("cod", order.payment_method)
    others = [code for code in offered(order.currency) if code not in here and is_answering(code)]
    ways = [{"code": code, "text": _("Pay by %(way)s instead") % {"way": title_of(code)}} for code in others]
    if order.payment_method != "cod" and not (terms := cash_terms_of(order)).refusal:
        text = _("Pay in cash on delivery instead")
        fee = _("%(amount)s more") % {"amount": terms.fee.text(locale)} if terms.fee else ""
        ways.append({"code": "cod", "text": f"{text} ({fee})" if fee else text})
    return ways
