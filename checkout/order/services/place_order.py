from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from catalog.inventory.errors import OutOfStock
from catalog.inventory.services.reserve import Wanted, reserve
from checkout.cart.models import Cart
from checkout.cart.selectors import CartItem, CartView, view_cart, with_cash
from checkout.credit.rules import usable
from checkout.credit.services.spend_credit import credit_to_spend, spend_credit
from checkout.order.errors import CartEmpty, LinesNotForSale, PriceChanged, QuantityLimit, Shortage, TotalChanged
from checkout.order.events import OrderPaid, OrderPlaced
from checkout.order.models import Order, OrderEvent, OrderLine
from checkout.order.rules import (
    CONFIRMED_WITHIN,
    STOCK_HELD_FOR,
    STORE_CREDIT,
    UNCONFIRMED,
    UNPAID_CANCELLED_AFTER,
    is_cash,
    order_token,
    to_pay,
)
from checkout.order.services.sent_by import sent_by
from checkout.order.services.timeline import note as note_event
from checkout.payment import providers
from checkout.payment.services.await_cash import await_cash
from shop.core.context import ShopContext
from shop.core.db import durable
from shop.core.errors import Invalid, Refusal
from shop.core.money import Money
from shop.core.outbox import publish
from shop.privacy.services.count_purchase import keep_consent


@dataclass(frozen=True)
class Buyer:
    """Who orders. `caller` names them for idempotency; a guest has a cart token's hash instead of a user."""

    email: str
    caller: str
    user_id: int | None = None
    cart_token_hash: str | None = None
    visitor: str = ""  # the random id under which they agreed to be counted


@dataclass(frozen=True)
class Wishes:
    """What the buyer chose in the checkout. Addresses are snapshots as plain members."""

    address: dict[str, Any]
    payment_method: str
    billing_address: dict[str, Any] | None = None
    shipping_method: str = ""
    note: str = ""
    gift_note: str = ""
    accept_prices: bool = False
    use_store_credit: bool = False  # what there is of it; the rest is paid by `payment_method`
    shown_total: str | None = None  # what a page showed last as to be paid (`1299.00`); None does not ask


def place_order(*, buyer: Buyer, wishes: Wishes, context: ShopContext, idempotency_key: str | None = None) -> Order:
    """Turn the buyer's cart into an order, once. The same caller and key again gives the same order.

    Store credit pays first where the buyer wants that; an order that it pays for whole is paid at once.
    Raises CartEmpty, PriceChanged, TotalChanged, LinesNotForSale, Shortage, QuantityLimit, Invalid; then nothing has changed.
    Locks: the cart, the credit account if it is used, then (last) the stock items in primary-key order.
    """
    try:
        with durable():
            return _place(buyer, wishes, context, idempotency_key)
    except (Refusal, IntegrityError):
        # The first call may have gone through although its answer was lost: then the cart is empty now.
        placed = _placed_before(buyer, idempotency_key)
        if placed is None:
            raise
        return placed


def _placed_before(buyer: Buyer, key: str | None) -> Order | None:
    return Order.objects.filter(caller=buyer.caller, idempotency_key=key).first() if key else None


def _place(buyer: Buyer, wishes: Wishes, context: ShopContext, key: str | None) -> Order:
    cart = _lock_cart(buyer)
    if cart is None:
        raise CartEmpty
    view = view_cart(cart, context, shipping_code=wishes.shipping_method)
    _refuse_unbuyable(view, accept_prices=wishes.accept_prices)
    view, method, credit = _paid_as_wished(view, buyer, wishes, context.locale)
    if wishes.shown_total not in (None, str(view.total - credit)):
        raise TotalChanged(shown=wishes.shown_total, now=str(view.total - credit))
    order = _write_order(view, buyer, wishes, context, key, method=method, credit=credit.minor)
    lines = OrderLine.objects.bulk_create(_line(order, item) for item in view.items)
    cart.lines.all().delete()
    event = note_event(order, OrderEvent.Kind.PLACED, at=context.at)
    order._prefetched_objects_cache = {"lines": lines, "events": [event]}  # type: ignore[attr-defined]
    if credit:
        spend_credit(user_id=buyer.user_id or 0, amount=credit, reference=order.reference, at=context.at)
    if is_cash(order):
        await_cash(reference=order.reference, amount=to_pay(order), surcharge=view.cash_fee.minor)
    placed = OrderPlaced(order.pk, order.number, order.total, order.currency, order.payment_method)
    publish(placed, aggregate=order.reference, at=context.at)
    keep_consent(reference=order.reference, visitor=buyer.visitor, at=context.at)
    if method == STORE_CREDIT:
        note_event(order, OrderEvent.Kind.PAID, at=context.at, text="Paid with store credit")
        publish(OrderPaid(order.pk, 0), aggregate=order.reference, at=context.at)
    _hold_stock(order, view)
    return order


def _lock_cart(buyer: Buyer) -> Cart | None:
    """By user, or by a guest's token. A token that is absent matches nothing, never NULL."""
    owner = {"user_id": buyer.user_id} if buyer.user_id is not None else {"token_hash": buyer.cart_token_hash}
    return Cart.objects.select_for_update().filter(**owner).first() if all(owner.values()) else None


def _refuse_unbuyable(view: CartView, *, accept_prices: bool) -> None:
    if not view.items:
        raise CartEmpty
    warnings: dict[str, list[dict]] = {}
    for warning in view.warnings:
        warnings.setdefault(warning.pop("code"), []).append(warning)
    if gone := warnings.get("not_for_sale"):
        raise LinesNotForSale(items=gone)
    if short := warnings.get("out_of_stock"):
        raise Shortage(shortages=[{k: s[k] for k in ("item_id", "sku", "requested", "available")} for s in short])
    if many := warnings.get("quantity_limit"):
        raise QuantityLimit(items=[{k: m[k] for k in ("item_id", "sku", "requested", "max_quantity")} for m in many])
    changes = [{k: c[k] for k in ("item_id", "sku", "shown", "now")} for c in warnings.get("price_changed", [])]
    if (changes := changes + view.shown_otherwise) and not accept_prices:
        raise PriceChanged(changes=changes)


def _paid_as_wished(view: CartView, buyer: Buyer, wishes: Wishes, locale: str) -> tuple[CartView, str, Money]:
    """The cart with what its way of paying costs, that way, and the store credit that pays for a part of it.

    Credit that pays for all of it leaves nothing to collect: no fee for cash then, and none of the rules of cash.
    """
    if view.shipping_offer is None:
        raise Invalid(errors={"shipping_method": [_("Nothing can be sent in this currency yet.")]})
    balance = credit_to_spend(buyer.user_id, view.currency) if wishes.use_store_credit else 0
    if view.total and balance >= view.total.minor:
        return view, STORE_CREDIT, view.total
    if wishes.payment_method not in providers.offered(view.currency):
        raise Invalid(errors={"payment_method": [_("Not offered for %(currency)s.") % {"currency": view.currency}]})
    if wishes.payment_method == "cod":
        view = _with_cash(view, wishes, locale)
    return view, wishes.payment_method, Money(usable(balance, view.total.minor), view.currency)


def _with_cash(view: CartView, wishes: Wishes, locale: str) -> CartView:
    view = with_cash(view, pincode=wishes.address.get("pincode", ""), locale=locale, chosen=True)
    if view.cash and view.cash.refusal:
        raise Invalid(errors={"payment_method": [f"{_('Cash on delivery')}: {view.cash.refusal}"]})
    return view


def _write_order(
    view: CartView, buyer: Buyer, wishes: Wishes, context: ShopContext, key: str | None, *, method: str, credit: int
) -> Order:  # fmt: skip
    online = method not in ("cod", STORE_CREDIT)
    must_confirm = method == "cod" and view.cash is not None and view.cash.must_confirm
    order = Order(
        user_id=buyer.user_id,
        email=buyer.email,
        cart_token_hash=buyer.cart_token_hash,
        locale=context.locale,
        currency=view.currency,
        subtotal=view.subtotal.minor,
        discount=view.discount.minor,
        shipping=view.shipping.minor,
        tax=view.tax.minor,
        total=view.total.minor,
        store_credit=credit,
        address=wishes.address,
        billing_address=wishes.billing_address or wishes.address,
        shipping_method=view.shipping_offer.code if view.shipping_offer else "",
        shipping_name=sent_by(view.shipping_offer.name if view.shipping_offer else "", view.cash_fee, context.locale),
        payment_method=method,
        payment_status=Order.PaymentStatus.PAID if method == STORE_CREDIT else Order.PaymentStatus.PENDING,
        note=wishes.note,
        gift_note=wishes.gift_note,
        placed_at=context.at,
        review_reason=UNCONFIRMED if must_confirm else "",
        stock_held_until=context.at + STOCK_HELD_FOR if online else None,
        cancel_at=_cancelled_at(context.at, online=online, must_confirm=must_confirm),
        caller=buyer.caller if key else "",
        idempotency_key=key,
    )
    order.token_hash = hashlib.sha256(order_token(order).encode()).hexdigest()
    order.save(force_insert=True)
    return order


def _cancelled_at(at: datetime, *, online: bool, must_confirm: bool) -> datetime | None:
    if online:
        return at + UNPAID_CANCELLED_AFTER
    return at + CONFIRMED_WITHIN if must_confirm else None


def _line(order: Order, item: CartItem) -> OrderLine:
    assert item.price is not None  # noqa: S101  (refused above)
    image = item.card.get("image") or {}
    return OrderLine(
        order=order,
        variant_id=item.variant_id,
        product_id=item.product_id,
        sku=item.sku,
        name=item.name,
        options=item.options,
        options_text=item.options_text[:255],
        image_url=image.get("url", ""),
        product_url=item.card.get("url", ""),
        seller_id=item.seller_id,
        quantity=item.quantity,
        price=item.price.amount.minor,
        tax_basis_points=item.price.tax_basis_points,
        tax=item.price.tax_of(item.quantity).minor,
        total=item.price.amount.minor * item.quantity,
        trace=list(item.price.trace),
    )


def _hold_stock(order: Order, view: CartView) -> None:
    wanted = [Wanted(item.variant_id, item.quantity) for item in view.items]
    try:
        reserve(lines=wanted, reference=order.reference, at=order.placed_at, expires_at=order.stock_held_until)
    except OutOfStock as refusal:
        lines = {item.variant_id: item.id for item in view.items}
        raise Shortage(
            shortages=[{"item_id": lines[s.pop("variant_id")], **s} for s in map(dict, refusal.shortages)]
        ) from refusal
