from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from checkout.shipping.models import ShippingMethod
from shop.core.context import ShopContext
from shop.core.errors import Invalid
from shop.core.money import Money

OFFERS = """
SELECT code, COALESCE(names->>%(locale)s, name), price, min_days, max_days, cod, free_from{more}
FROM shipping_shippingmethod WHERE currency = %(currency)s AND active ORDER BY position, id"""


@dataclass(frozen=True, slots=True)
class ShippingOffer:
    """A way to send this cart, with what it costs this cart."""

    code: str
    name: str
    price: Money
    min_days: int
    max_days: int
    cod: bool
    free_from: Money | None = None

    def arrives_from(self, today: date) -> date:
        return today + timedelta(days=self.min_days)

    def arrives_by(self, today: date) -> date:
        return today + timedelta(days=self.max_days)


def offers_for(*, subtotal: Money, context: ShopContext) -> list[ShippingOffer]:
    """What can be offered for a cart of this value, in the shop's order; the first is the one chosen by default."""
    with connection.cursor() as cursor:
        cursor.execute(OFFERS.format(more=""), {"locale": context.locale, "currency": context.currency})
        return [offer_of(*row, subtotal=subtotal, currency=context.currency) for row in cursor.fetchall()]


def offer_of(
    code: str, name: str, price: int, min_days: int, max_days: int, cod: bool, free_from: int | None, *,
    subtotal: Money, currency: str,
) -> ShippingOffer:  # fmt: skip
    is_free = free_from is not None and subtotal.minor >= free_from
    costs = Money(0 if is_free else price, currency)
    free = None if free_from is None else Money(free_from, currency)
    return ShippingOffer(code, name, costs, min_days, max_days, cod, free)


def takes_cash(*, code: str, currency: str) -> bool:
    """Whether who brings it this way collects cash. One query."""
    return ShippingMethod.objects.filter(code=code, currency=currency, cod=True).exists()


def name_of(*, code: str, currency: str, locale: str) -> str:
    """What a way of sending is called in a language; empty when it is no longer known. One query."""
    method = ShippingMethod.objects.filter(code=code, currency=currency).first()
    return method.names.get(locale, method.name) if method else ""


def choose(offers: list[ShippingOffer], code: str) -> ShippingOffer:
    """The offer of that code, or the first one for no code. Raises Invalid naming `shipping_method`."""
    for offer in offers:
        if code in ("", offer.code):
            return offer
    known = ", ".join(offer.code for offer in offers) or "none"
    raise Invalid(errors={"shipping_method": [_("Not offered. Offered: %(known)s.") % {"known": known}]})


def arrival_of(*, code: str, currency: str, placed_on: date) -> date | None:
    """The latest day on which something sent this way arrives; None when the way is no longer known. One query."""
    days = ShippingMethod.objects.filter(code=code, currency=currency).values_list("max_days", flat=True).first()
    return None if days is None else placed_on + timedelta(days=days)
