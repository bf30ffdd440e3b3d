"""Who is told when a variant runs low or comes back. Each event is applied once (the outbox remembers)."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from catalog.inventory.events import AvailabilityChanged, StockLow
from catalog.listing.notices import LOW_STOCK
from catalog.listing.selectors.naming import piece_of
from catalog.listing.tasks import tell_waiting_for
from catalog.product.models import Variant
from shop.accounts.roles import MERCHANDISER
from shop.core.outbox import Message, subscribe
from shop.notifications.selectors import staff
from shop.notifications.services.tell import Happening, Reader, tell


@subscribe(AvailabilityChanged.name)
def tell_who_waits(message: Message) -> None:
    """In a task of its own: thousands may wait."""
    if message.payload["in_stock"]:
        tell_waiting_for.enqueue(message.payload["variant_id"])


@subscribe(StockLow.name)
def tell_the_shop_floor(message: Message) -> None:
    facts = message.payload
    variant = Variant.objects.get(pk=facts["variant_id"])
    url = settings.SITE_URL + reverse("wagtailsnippets_inventory_stockitem:inspect", args=[facts["stock_item_id"]])
    for user in staff(MERCHANDISER):
        piece, _path = piece_of(variant, user.locale)
        words = {"piece": piece, "sku": variant.sku, "number": str(facts["available"])}
        what = Happening(LOW_STOCK, str(message.id), words, url=url, reference=f"variant:{variant.pk}")
        tell(reader=Reader(user, user.email, user.phone, user.locale), what=what)
