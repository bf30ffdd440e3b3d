from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalog.listing.postgres import cards_for
from catalog.pricing.selectors import prices_for
from catalog.wishlist.models import WishlistItem
from shop.accounts.models import User
from shop.core.context import ShopContext
from shop.core.errors import NotThere
from shop.core.money import Money


@dataclass(frozen=True, slots=True)
class Wished:
    """An item as it stands now. `card` is None while the product is not on sale."""

    item: WishlistItem
    card: dict[str, Any] | None
    price: Money | None

    @property
    def before(self) -> Money | None:
        return None if self.item.price is None else Money(self.item.price, self.item.currency)

    @property
    def dropped(self) -> bool:
        """Cheaper than when it was kept, in the same currency."""
        before, now = self.before, self.price
        return bool(before and now and now.currency == before.currency and now.minor < before.minor)


def items_of(user: User) -> QuerySet[WishlistItem]:
    return WishlistItem.objects.filter(user=user).order_by("-added_at", "-pk")


def item_of(user: User, item_id: int) -> WishlistItem:
    """Raises NotThere, also for somebody else's."""
    found = items_of(user).filter(pk=item_id).first()
    if found is None:
        raise NotThere
    return found


def wished_ids(user: User) -> list[int]:
    """Products that a person keeps. One query."""
    return list(items_of(user).values_list("core_id", flat=True))


def as_they_stand(items: Sequence[WishlistItem], context: ShopContext) -> list[Wished]:
    """With card and price of now, in two queries."""
    cards = {card["id"]: card for card in cards_for([item.core_id for item in items], context)} if items else {}
    named = [item.variant_id for item in items if item.variant_id and item.core_id in cards]
    prices = {id_: price.amount for id_, price in prices_for(named, context).items()} if named else {}
    return [Wished(item, card := cards.get(item.core_id), _price(item, card, prices)) for item in items]


def _price(item: WishlistItem, card: dict[str, Any] | None, prices: dict[int, Money]) -> Money | None:
    if item.variant_id:
        return prices.get(item.variant_id)
    return Money.parse(card["price"], card["currency"]) if card and card["price"] else None
