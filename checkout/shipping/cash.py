"""Whether a cart can be paid in cash at the door, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from checkout.shipping.selectors import OFFERS, ShippingOffer, offer_of
from shop.core.context import ShopContext
from shop.core.money import Money


@dataclass(frozen=True, slots=True)
class CashTerms:
    """`refusal` says why not, in the buyer's words; empty: offered, for `fee`. `exists`: there is such a thing here."""

    fee: Money
    refusal: str = ""
    exists: bool = True
    must_confirm: bool = False  # by a one-time code, before it ships


class Rule(NamedTuple):
    """What merchandisers set (`CashRule`), and whether it `excludes` one of the products that were asked for."""

    fee: int
    least: int
    greatest: int | None
    confirm_from: int | None
    served: str
    refused: str
    excludes: bool


# A category stands for all below it.
RULE = """
SELECT json_build_array(fee, least, greatest, confirm_from, served, refused, EXISTS (
    SELECT FROM product_product product JOIN product_categorylink link ON link.product_id = product.id
    JOIN wagtailcore_page shelf ON shelf.id = link.category_id
    JOIN shipping_cashrule_excluded_categories excluded ON excluded.cashrule_id = rule.id
    JOIN wagtailcore_page above ON above.id = excluded.categorypage_id
    WHERE product.is_source AND product.core_id = ANY(%(products)s) AND starts_with(shelf.path, above.path)))
FROM shipping_cashrule rule WHERE currency = %(currency)s AND active"""
OFFERS_AND_RULE = OFFERS.format(more=f", ({RULE})")


def find_rule(currency: str, product_ids: Iterable[int]) -> Rule | None:
    """The rule of a currency. One query."""
    with connection.cursor() as cursor:
        cursor.execute(RULE, {"currency": currency, "products": list(product_ids)})
        row = cursor.fetchone()
    return Rule(*row[0]) if row else None


def offers_and_rule(
    *, subtotal: Money, context: ShopContext, product_ids: Iterable[int]
) -> tuple[list[ShippingOffer], Rule | None]:
    """`selectors.offers_for`, and the rule where anything is offered. One query."""
    products, locale, currency = list(product_ids), context.locale, context.currency
    with connection.cursor() as cursor:
        cursor.execute(OFFERS_AND_RULE, {"locale": locale, "currency": currency, "products": products})
        rows = cursor.fetchall()
    rule = rows[0][-1] if rows else None
    offers = [offer_of(*row[:-1], subtotal=subtotal, currency=context.currency) for row in rows]
    return offers, Rule(*rule) if rule else None


def cash_terms(
    rule: Rule | None,
    *,
    amount: Money,
    takes_cash: bool,
    pincode: str | None,
    locale: str,
) -> CashTerms:
    """By the rule that merchandisers set. `amount` is goods and delivery, without the fee; `takes_cash` the delivery;
    `pincode` None while nobody has said where it goes. No query."""
    nothing = Money(0, amount.currency)
    if rule is None:
        return CashTerms(nothing, _("Cash on delivery is not offered here."), exists=False)
    refusal = _why_not(rule, amount, takes_cash, pincode, locale)
    must_confirm = rule.confirm_from is not None and amount.minor >= rule.confirm_from
    return CashTerms(nothing if refusal else Money(rule.fee, amount.currency), refusal, must_confirm=must_confirm)


def _why_not(rule: Rule, amount: Money, takes_cash: bool, pincode: str | None, locale: str) -> str:
    if not takes_cash:
        return _("Not with this delivery.")
    if amount.minor < rule.least:
        return _("From %(amount)s.") % {"amount": Money(rule.least, amount.currency).text(locale)}
    if rule.greatest is not None and amount.minor > rule.greatest:
        return _("Up to %(amount)s.") % {"amount": Money(rule.greatest, amount.currency).text(locale)}
    if pincode is not None and not serves(rule, pincode):
        return _("Not at PIN code %(pincode)s.") % {"pincode": pincode or "–"}
    return _("Not for something in your cart.") if rule.excludes else ""


def serves(rule: Rule, pincode: str) -> bool:
    """The beginnings that are refused count more than those that are served."""
    served, refused = tuple(rule.served.split()), tuple(rule.refused.split())
    return (not served or pincode.startswith(served)) and not pincode.startswith(refused)
