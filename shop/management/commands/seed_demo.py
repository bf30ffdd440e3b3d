"""Fills an empty shop with Osari: shelves, products with pictures, pages, people, past orders and reviews."""

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
from shop.accounts.models import User
from shop.management.demo import catalogue, gateway, orders, pages, people, reviews
from shop.management.demo.shipping import make_shipping


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
        said = reviews.play_reviews(now=now, people=folk)
        seconds = time.monotonic() - begun
        self.stdout.write(
            f"{ProductCore.objects.count()} products, {len(folk)} people, {played} orders, {said} reviews in {seconds:.0f} s"
        )


@transaction.atomic
def _stock(now: datetime) -> None:
    """All that stands on the shelves, or nothing of it."""
    make_shipping()
    homes = pages.make_homes()
    people.make_people(password=settings.DEMO_PASSWORD)  # type: ignore[misc]
    catalogue.make_attributes()
    shelves = catalogue.make_categories(homes)
    cores = catalogue.make_products(
        now=now, tax_classes=catalogue.make_tax_classes(), brands=catalogue.make_brands(), categories=shelves
    )
    pages.fill_pages(homes, cores, shelves)
