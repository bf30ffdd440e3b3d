"""Orders as buyers and staff would make them: through the use cases."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from catalog.product.models import Variant
from checkout.cart.models import Cart
from checkout.cart.services.open_cart import open_cart
from checkout.cart.services.put_line import add_line
from checkout.order.models import Order
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.place_order import Buyer, Wishes, place_order
from checkout.order.services.settle_payment import settle_payment
from checkout.order.services.ship_order import ship_order
from checkout.payment.models import Payment
from checkout.shipping.models import ShippingMethod
from shop.accounts.models import User
from shop.core.context import ShopContext
from shop.core.money import Money
from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.variants import make_variant

_numbers = itertools.count(1)


def make_order(
    *, variant: Variant | None = None, quantity: int = 1, method: str = "cod", user: User | None = None,
    at: datetime | None = None, email: str = "", note: str = "", **address: Any,
) -> Order:  # fmt: skip
    """Just placed: cash on delivery unless `method="razorpay"`."""
    number = next(_numbers)
    at = at or timezone.now()
    if not ShippingMethod.objects.exists():
        make_shipping()
    token = None if user else f"{number:064x}"
    context = ShopContext(at=at, currency="INR", locale="en")
    cart = open_cart(user_id=user.pk, currency="INR") if user else Cart.objects.create(token_hash=token, currency="INR")
    add_line(cart=cart, variant=variant or make_variant(at=at - timedelta(days=1)), quantity=quantity, context=context)
    buyer = Buyer(
        email=email or (user.email if user else f"buyer{number}@example.com"), caller=f"test:{number}",
        user_id=user.pk if user else None, cart_token_hash=token,
    )  # fmt: skip
    wishes = Wishes(address=ADDRESS | address, payment_method=method, note=note)
    order = place_order(cart_id=cart.pk, buyer=buyer, wishes=wishes, context=context)
    return Order.objects.get(pk=order.pk)


def make_paid_order(**facts: Any) -> Order:
    """Paid through the gateway, as its captured payment would leave it."""
    order = make_order(**({"method": "razorpay"} | facts))
    payment = Payment.objects.create(
        reference=order.reference, provider="razorpay", method="upi", amount=order.total, currency=order.currency,
        captured_amount=order.total, status=Payment.Status.PAID, provider_order_id=f"order_{order.pk}",
        provider_payment_id=f"pay_{order.pk}", paid_at=timezone.now(),
    )  # fmt: skip
    settle_payment(
        order_id=order.pk, payment_id=payment.pk, amount=Money(order.total, order.currency), at=timezone.now()
    )
    return Order.objects.get(pk=order.pk)


def make_shipped_order(**facts: Any) -> Order:
    return ship_order(order_id=make_order(**facts).pk, at=timezone.now(), by="maya")


def make_delivered_order(**facts: Any) -> Order:
    return deliver_order(order_id=make_shipped_order(**facts).pk, at=timezone.now(), by="maya")


def make_cancelled_order(**facts: Any) -> Order:
    return cancel_order(order_id=make_order(**facts).pk, at=timezone.now(), by="sam", reason="changed my mind")
