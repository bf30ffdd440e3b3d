from __future__ import annotations

from checkout.shipping.models import ShippingMethod
from shop.core.money import Money
from shop.management.demo.content import read


def make_shipping() -> None:
    """Standard and express, as the demo's pages promise them; the dollar prices are in the same proportion."""
    facts = read("home")["facts"]
    for currency, flat, express, free_from in (
        ("INR", facts["flat_shipping"], facts["express_shipping"], facts["free_shipping_from"]),
        ("USD", "9.00", "19.00", "120.00"),
    ):
        prices = [Money.parse(text, currency).minor for text in (flat, express)]
        standard = {"name": "Standard", "names": {"hi": "साधारण"}, "price": prices[0], "min_days": 3, "max_days": 6,
                    "free_from": Money.parse(free_from, currency).minor, "position": 0}  # fmt: skip
        fast = {"name": "Express", "names": {"hi": "एक्सप्रेस"}, "price": prices[1], "min_days": 1, "max_days": 3,
                "position": 1}  # fmt: skip
        for code, facts_ in (("flat", standard), ("express", fast)):
            ShippingMethod.objects.update_or_create(code=code, currency=currency, defaults=facts_)
