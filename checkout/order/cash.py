"""Cash on delivery for an order that stands already."""

from __future__ import annotations

from checkout.order.models import Order
from checkout.order.rules import is_cash
from checkout.payment.selectors import awaited_cash
from checkout.shipping.cash import CashTerms, cash_terms, find_rule
from checkout.shipping.selectors import takes_cash
from shop.core.money import Money


def cash_fee_of(order: Order) -> Money:
    """What of the order's total is the fee for cash. One query for an order that is to be paid so, else none."""
    waiting = awaited_cash(order.reference) if is_cash(order) else None
    return Money(waiting.surcharge if waiting else 0, order.currency)


def cash_terms_of(order: Order) -> CashTerms:
    """Whether it can be paid at the door now, by the rules of today."""
    return cash_terms(
        find_rule(order.currency, {line.product_id for line in order.lines.all()}),
        amount=Money(order.total, order.currency) - cash_fee_of(order),
        takes_cash=takes_cash(code=order.shipping_method, currency=order.currency),
        pincode=order.address.get("pincode", ""),
        locale=order.locale,
    )
