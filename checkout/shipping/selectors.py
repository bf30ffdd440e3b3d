from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from checkout.shipping.models import ShippingMethod
from shop.core.context import ShopContext
from shop.core.errors import Invalid
from shop.core.money import Money


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
    methods = ShippingMethod.objects.filter(currency=context.currency, active=True).order_by("position", "pk")
    return [_offer(method, subtotal, context) for method in methods]


def _offer(method: ShippingMethod, subtotal: Money, context: ShopContext) -> ShippingOffer:
    is_free = method.free_from is not None and subtotal.minor >= method.free_from
    name = method.names.get(context.locale, method.name)
    price = Money(0 if is_free else method.price, context.currency)
    free_from = None if method.free_from is None else Money(method.free_from, context.currency)
    return ShippingOffer(method.code, name, price, method.min_days, method.max_days, method.cod, free_from)


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


def days_of(ways: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Least and most days of ways to send, by code and currency; unknown ones are missing. One query, or none."""
    if not ways:
        return {}
    rows = ShippingMethod.objects.filter(code__in={code for code, _currency in ways})
    return {(row.code, row.currency): (row.min_days, row.max_days) for row in rows if (row.code, row.currency) in ways}
