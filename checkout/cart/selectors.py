"""Reading carts. Prices come from the resolver and stock from the stock rows: never from the read model."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Sum

from catalog.inventory.limits import MOST_SQL
from catalog.pricing.rules import Price
from catalog.pricing.selectors import PRICES_TOLD, price_parameters, prices_told
from checkout.cart.models import Cart
from checkout.shipping.cash import CashTerms, cash_terms, find_rule
from checkout.shipping.selectors import ShippingOffer, choose, offers_for
from shop.core.context import ShopContext
from shop.core.money import Money, sum_money


@dataclass(frozen=True, slots=True)
class CartItem:
    """A line as it stands now. `price` is None when it is not for sale; `available` is what there is, `most` what one
    order may hold of it."""

    id: int
    variant_id: int
    quantity: int
    shown_price: int | None
    shown_currency: str | None
    product_id: int
    sku: str
    options: dict[str, str]
    seller_id: int | None
    name: str
    slug: str
    card: dict[str, Any]
    options_text: str  # in the shopper's language: `250 ml, Terracotta`
    available: int
    most: int
    price: Price | None

    @property
    def shown(self) -> Money | None:
        """What the shopper last saw it cost. Of before the currency was kept: in that of now."""
        if self.shown_price is None or self.price is None:
            return None
        return Money(self.shown_price, self.shown_currency or self.price.amount.currency)

    @property
    def line_total(self) -> Money | None:
        return None if self.price is None else self.price.amount * self.quantity

    @property
    def tax(self) -> Money | None:
        return None if self.price is None else self.price.tax_of(self.quantity)

    @property
    def buyable(self) -> bool:
        return self.price is not None and min(self.available, self.most) >= self.quantity


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart as it would be charged now: `total = subtotal − discount + shipping`, of which `tax` is tax.

    `cash` is known once somebody has asked `with_cash`; the fee of one who pays so is a part of `shipping`.
    """

    id: int | None
    currency: str
    items: tuple[CartItem, ...]
    shipping_offer: ShippingOffer | None
    offers: tuple[ShippingOffer, ...] = ()
    cash: CashTerms | None = None
    pays_cash: bool = False

    @property
    def item_count(self) -> int:
        return sum(item.quantity for item in self.items)

    @property
    def subtotal(self) -> Money:
        return sum_money((item.line_total for item in self.items if item.line_total), self.currency)

    @property
    def discount(self) -> Money:
        return Money(0, self.currency)

    @property
    def shipping(self) -> Money:
        return (self.shipping_offer.price if self.shipping_offer else Money(0, self.currency)) + self.cash_fee

    @property
    def cash_fee(self) -> Money:
        return self.cash.fee if self.cash and self.pays_cash else Money(0, self.currency)

    @property
    def tax(self) -> Money:
        return sum_money((item.tax for item in self.items if item.tax), self.currency)

    @property
    def total(self) -> Money:
        return self.subtotal - self.discount + self.shipping

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What changed since the cart was last shown, and what cannot be bought as it stands."""
        return [warning for item in self.items if (warning := _warning(item))]

    @property
    def shown_otherwise(self) -> list[dict[str, Any]]:
        """What was last shown in another currency: no change of a price, but not what would be charged now either."""
        return [
            {"item_id": item.id, "sku": item.sku, "shown": str(shown), "shown_currency": shown.currency,
             "now": str(item.price.amount)}
            for item in self.items
            if item.price and (shown := item.shown) is not None and shown.currency != self.currency
        ]  # fmt: skip


def _warning(item: CartItem) -> dict[str, Any] | None:
    names = {"item_id": item.id, "sku": item.sku, "name": item.name}
    if item.price is None:
        return {"code": "not_for_sale", **names}
    if item.available < item.quantity:
        return {"code": "out_of_stock", **names, "requested": item.quantity, "available": max(item.available, 0)}
    if item.most < item.quantity:
        return {"code": "quantity_limit", **names, "requested": item.quantity, "max_quantity": item.most}
    shown, now = item.shown, item.price.amount
    if shown is not None and shown.currency == now.currency and shown != now:
        return {"code": "price_changed", **names, "shown": str(shown), "now": str(now)}
    return None


def find_cart(*, user_id: int | None, token_hash: str | None) -> Cart | None:
    """The caller's cart. A signed-in caller's own goes before a token's."""
    if user_id is not None:
        return Cart.objects.filter(user_id=user_id).first()
    return Cart.objects.filter(token_hash=token_hash).first() if token_hash else None


def count_pieces(cart: Cart | None) -> int:
    return (cart.lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0) if cart else 0


_SQL = """
SELECT cart.id, line.id, line.variant_id, line.quantity, {shown}, core.id, variant.sku, variant.options,
       core.seller_id,
       COALESCE(own.title, source.title), COALESCE(own.slug, source.slug), card.data, chosen.words,
       CASE WHEN core.is_live AND variant.active THEN COALESCE(stock.available, 0) ELSE 0 END,
       {most},
       CASE WHEN core.is_live AND variant.active THEN {prices} END
FROM cart_cart cart
LEFT JOIN {table} line ON line.cart_id = cart.id AND (%(line)s::bigint IS NULL OR line.id = %(line)s)
LEFT JOIN product_variant variant ON variant.id = line.variant_id
LEFT JOIN product_productcore core ON core.id = variant.core_id
LEFT JOIN wagtailcore_locale locale ON locale.language_code = %(locale)s
LEFT JOIN product_product own ON own.core_id = core.id AND own.locale_id = locale.id AND own.live
LEFT JOIN product_product source ON source.core_id = core.id AND source.is_source
LEFT JOIN listing_card card ON card.core_id = core.id AND card.locale = %(locale)s AND card.currency = %(currency)s
LEFT JOIN LATERAL (
    SELECT string_agg(COALESCE(NULLIF(known.labels->>%(locale)s, ''), known.label, option.value), ', '
                      ORDER BY kind.position, option.key) AS words
    FROM jsonb_each_text(variant.options) option
    LEFT JOIN product_attribute kind ON kind.code = option.key
    LEFT JOIN product_attributevalue known ON known.attribute_id = kind.id AND known.value = option.value
) chosen ON true
LEFT JOIN LATERAL (
    SELECT SUM(on_hand - reserved)::int AS available, MIN(max_per_order) AS most
    FROM inventory_stockitem WHERE variant_id = variant.id
) stock ON true
WHERE cart.{which} = %(cart)s
ORDER BY line.id
"""
_READ = {"prices": PRICES_TOLD, "most": MOST_SQL.format(of_stock="stock.most")}
_LINES = {"table": "cart_cartline", "shown": "line.shown_price, line.shown_currency", **_READ}
_SAVED = {"table": "cart_savedline", "shown": "NULL, NULL", **_READ}
_ITEMS_SQL = {which: _SQL.format(which=which, **_LINES) for which in ("id", "user_id", "token_hash")}
_SAVED_SQL = {which: _SQL.format(which=which, **_SAVED) for which in ("id", "user_id", "token_hash")}


@dataclass(frozen=True, slots=True)
class Whose:
    """Which cart: the column that names it, and what stands there."""

    which: str
    value: int | str | None


def held_by(*, user_id: int | None, token_hash: str | None) -> Whose:
    """The caller's cart. A signed-in caller's own goes before a token's."""
    return Whose("token_hash", token_hash) if user_id is None else Whose("user_id", user_id)


def this_cart(cart: Cart | None) -> Whose:
    return Whose("id", cart.pk if cart else None)


def items_of(cart_id: int, context: ShopContext, *, line_id: int | None = None) -> tuple[CartItem, ...]:
    """The lines of a cart (or the one) with price and stock. One query."""
    return find_items(Whose("id", cart_id), context, line_id=line_id)


def find_items(whose: Whose, context: ShopContext, *, line_id: int | None = None) -> tuple[CartItem, ...]:
    """The same of a caller's cart, without asking for the cart before."""
    return _read_items(_ITEMS_SQL, whose, context, line_id)[1]


def saved_items(whose: Whose, context: ShopContext) -> tuple[CartItem, ...]:
    """What was put aside for later, as it stands now. One query."""
    return _read_items(_SAVED_SQL, whose, context)[1]


def _read_items(
    statements: dict[str, str], whose: Whose, context: ShopContext, line_id: int | None = None
) -> tuple[int | None, tuple[CartItem, ...]]:
    """The id of the cart, where there is one, and what lies in it."""
    if not whose.value:
        return None, ()
    names = {"cart": whose.value, "line": line_id, "locale": context.locale, **price_parameters(context)}
    with connection.cursor() as cursor:
        cursor.execute(statements[whose.which], names)
        found = cursor.fetchall()
    rows = [_decode(row[1:]) for row in found if row[1] is not None]
    told, units = {row[1]: row[-1] for row in rows}, {row[1]: row[2] for row in rows}
    prices = prices_told(told, context, quantities=units)
    items = tuple(CartItem(*row[:-1], prices.get(row[1])) for row in rows)  # type: ignore[call-arg]
    return found[0][0] if found else None, items


def _decode(row: tuple) -> tuple:
    """Django's cursor hands jsonb out as text."""
    options, card = (json.loads(value) if isinstance(value, str) else value for value in (row[7], row[11]))
    return (*row[:7], options or {}, row[8], row[9] or row[6], row[10] or "", card or {}, row[12] or "", *row[13:])


def view_cart(cart: Cart | None, context: ShopContext, *, shipping_code: str = "") -> CartView:
    """A cart, priced now; an absent one is empty. Two queries. Raises Invalid (`shipping_method`)."""
    return view_cart_of(this_cart(cart), context, shipping_code=shipping_code)


def view_cart_of(whose: Whose, context: ShopContext, *, shipping_code: str = "") -> CartView:
    """The same of a caller's cart, without asking for the cart before."""
    cart_id, items = _read_items(_ITEMS_SQL, whose, context)
    view = CartView(cart_id, context.currency, items, None)
    if not items:
        return view
    offers = offers_for(subtotal=view.subtotal, context=context)
    return CartView(view.id, context.currency, items, choose(offers, shipping_code) if offers else None, tuple(offers))


def with_cash(view: CartView, *, pincode: str | None, locale: str, chosen: bool) -> CartView:
    """The same cart with the terms of cash on delivery there; its fee is in the total when that is what is chosen."""
    offer = view.shipping_offer
    terms = cash_terms(
        find_rule(view.currency, {item.product_id for item in view.items}),
        amount=replace(view, cash=None).total,
        takes_cash=offer is not None and offer.cod,
        pincode=pincode,
        locale=locale,
    )
    return replace(view, cash=terms, pays_cash=chosen)
