"""Whether a cart can be paid in cash at the door, and what that costs."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.product.models import Product
from shop.core.money import Money


@dataclass(frozen=True, slots=True)
class CashTerms:
    """`refusal` says why not, in the buyer's words; empty: offered, for `fee`. `exists`: there is such a thing here."""

    fee: Money
    refusal: str = ""
    exists: bool = True
    must_confirm: bool = False  # by a one-time code, before it ships


class Rule(NamedTuple):
    """What merchandisers set (`CashRule`), with the paths of the categories that it excludes."""

    fee: int
    least: int
    greatest: int | None
    confirm_from: int | None
    served: str
    refused: str
    paths: list[str]


RULE = """
SELECT fee, least, greatest, confirm_from, served, refused, ARRAY(
    SELECT page.path FROM shipping_cashrule_excluded_categories link
    JOIN wagtailcore_page page ON page.id = link.categorypage_id WHERE link.cashrule_id = rule.id)
FROM shipping_cashrule rule WHERE currency = %s AND active"""


def find_rule(currency: str) -> Rule | None:
    """The rule of a currency. One query."""
    with connection.cursor() as cursor:
        cursor.execute(RULE, [currency])
        row = cursor.fetchone()
    return Rule(*row) if row else None


def cash_terms(
    rule: Rule | None,
    *,
    amount: Money,
    takes_cash: bool,
    pincode: str | None,
    product_ids: Iterable[int],
    locale: str,
) -> CashTerms:
    """By the rule that merchandisers set. `amount` is goods and delivery, without the fee; `takes_cash` the delivery;
    `pincode` None while nobody has said where it goes. One query where categories are excluded, else none."""
    nothing = Money(0, amount.currency)
    if rule is None:
        return CashTerms(nothing, _("Cash on delivery is not offered here."), exists=False)
    refusal = _why_not(rule, amount, takes_cash, pincode, locale) or _excluded(rule.paths, product_ids)
    must_confirm = rule.confirm_from is not None and amount.minor >= rule.confirm_from
    return CashTerms(nothing if refusal else Money(rule.fee, amount.currency), refusal, must_confirm=must_confirm)


def _why_not(rule: Rule, amount: Money, takes_cash: bool, pincode: str | None, locale: str) -> str:
    if not takes_cash:
        return _("Not with this delivery.")
    if amount.minor < rule.least:
        return _("From %(amount)s.") % {"amount": Money(rule.least, amount.currency).text(locale)}
    if rule.greatest is not None and amount.minor > rule.greatest:
        return _("Up to %(amount)s.") % {"amount": Money(rule.greatest, amount.currency).text(locale)}
    if pincode is None or serves(rule, pincode):
        return ""
    return _("Not at PIN code %(pincode)s.") % {"pincode": pincode or "–"}


def serves(rule: Rule, pincode: str) -> bool:
    """The beginnings that are refused count more than those that are served."""
    served, refused = tuple(rule.served.split()), tuple(rule.refused.split())
    return (not served or pincode.startswith(served)) and not pincode.startswith(refused)


def _excluded(paths: list[str], product_ids: Iterable[int]) -> str:
    """A category stands for all below it."""
    if not paths:
        return ""
    below = reduce(operator.or_, (Q(category_links__category__path__startswith=path) for path in paths))
    if Product.objects.filter(below, core_id__in=list(product_ids), is_source=True).exists():
        return _("Not for something in your cart.")
    return ""
