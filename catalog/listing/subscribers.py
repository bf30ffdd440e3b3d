from __future__ import annotations

from catalog.inventory.events import AvailabilityChanged
from catalog.listing.events import PicturesWanted
from catalog.listing.selectors.shown import cores_below
from catalog.listing.services.refresh import CHUNK, refresh
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.listing.tasks import make_renditions, refresh_products
from catalog.pricing.events import PriceChanged
from catalog.product.events import CategoryChanged, ProductPublished, ProductUnpublished
from catalog.product.models import Product
from shop.core.db import in_chunks
from shop.core.outbox import Message, subscribe


@subscribe(PriceChanged.name, prompt=True)
def show_prices(message: Message) -> None:
    for chunk in in_chunks(message.payload["product_ids"], CHUNK):
        refresh(chunk)


@subscribe(AvailabilityChanged.name, ProductUnpublished.name, prompt=True)
def show_product(message: Message) -> None:
    refresh([message.payload["product_id"]])


@subscribe(ProductPublished.name, prompt=True)
def show_translation(message: Message) -> None:
    """A source language was shown by its projection; a translation has none."""
    wanted = {"core_id": message.payload["product_id"], "locale__language_code": message.payload["locale"]}
    if Product.objects.filter(is_source=False, **wanted).exists():
        refresh([message.payload["product_id"]])


@subscribe(CategoryChanged.name, prompt=True)
def show_category(message: Message) -> None:
    """The shelf itself at once, what stands on it in tasks: it may be tens of thousands."""
    refresh_shelves()
    for chunk in in_chunks(cores_below(message.payload["category_id"]), CHUNK):
        refresh_products.enqueue(chunk)


@subscribe(PicturesWanted.name)
def make_pictures(message: Message) -> None:
    for image_id in message.payload["image_ids"]:
        make_renditions.enqueue(image_id)
