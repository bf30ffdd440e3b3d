"""Fills an empty shop with Osari: shelves, products with pictures, pages, people and past orders."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from catalog.product.models import ProductCore
from checkout.order.models import Order
from checkout.shipping.models import ShippingMethod
from shop.accounts.models import User
from shop.core.money import Money
from shop.management.demo import catalogue, gateway, orders, pages, people
from shop.management.demo.content import read


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if Order.objects.exists():
            raise CommandError("This shop has orders already; the demo is for an empty one (make reset).")
        begun, now = time.monotonic(), timezone.now()
        if not ProductCore.objects.exists():
            _stock(now)
        folk = {user.username: user for user in User.objects.all()}
        with gateway.running() as demo_gateway:
            played = orders.play_orders(now=now, people=folk, gateway=demo_gateway)
        seconds = time.monotonic() - begun
        self.stdout.write(
            f"{ProductCore.objects.count()} products, {len(folk)} people, {played} orders in {seconds:.0f} s"
        )


@transaction.atomic
def _stock(now: datetime) -> None:
    """All that stands on the shelves, or nothing of it."""
    _make_shipping()
    homes = pages.make_homes()
    people.make_people(password=settings.DEMO_PASSWORD)  # type: ignore[misc]
    catalogue.make_attributes()
    shelves = catalogue.make_categories(homes)
    cores = catalogue.make_products(
        now=now, tax_classes=catalogue.make_tax_classes(), brands=catalogue.make_brands(), categories=shelves
    )
    pages.fill_pages(homes, cores, shelves)


def _make_shipping() -> None:
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
