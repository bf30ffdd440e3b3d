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
from checkout.credit.services.grant_credit import grant_credit
from checkout.order.models import Order, Return
from checkout.order.rules import to_pay
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.decide_return import decide_return
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.place_order import Buyer, Wishes, place_order
from checkout.order.services.receive_return import receive_return
from checkout.order.services.request_return import request_return
from checkout.order.services.settle_payment import settle_payment
from checkout.order.services.ship_order import ship_order
from checkout.payment.models import Payment
from checkout.payment.services.book import book
from checkout.shipping.models import ShippingMethod
from shop.accounts.models import User
from shop.core.context import ShopContext
from shop.core.money import Money
from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.variants import make_variant

_numbers = itertools.count(1)


def make_order(
    *, variant: Variant | None = None, quantity: int = 1, method: str = "cod", user: User | None = None,
    at: datetime | None = None, email: str = "", note: str = "", use_credit: bool = False, **address: Any,
) -> Order:  # fmt: skip
    """Just placed: cash on delivery unless `method="razorpay"`; `use_credit`: with the user's store credit first."""
    at = at or timezone.now()
    units = {variant or make_variant(at=at - timedelta(days=1)): quantity}
    return _place(units, user, at, email, Wishes(
        address=ADDRESS | address, payment_method=method, note=note, use_store_credit=use_credit
    ))  # fmt: skip


def make_order_of(units: dict[Variant, int], *, method: str = "razorpay", user: User | None = None) -> Order:
    """Several lines; paid through the gateway unless `method="cod"`."""
    order = _place(units, user, timezone.now(), "", Wishes(address=ADDRESS, payment_method=method))
    return order if method == "cod" else _paid(order)


def _place(units: dict[Variant, int], user: User | None, at: datetime, email: str, wishes: Wishes) -> Order:
    number = next(_numbers)
    if not ShippingMethod.objects.exists():
        make_shipping()
    token = None if user else f"{number:064x}"
    context = ShopContext(at=at, currency="INR", locale="en")
    cart = open_cart(user_id=user.pk, currency="INR") if user else Cart.objects.create(token_hash=token, currency="INR")
    for variant, quantity in units.items():
        add_line(cart=cart, variant=variant, quantity=quantity, context=context)
    buyer = Buyer(
        email=email or (user.email if user else f"buyer{number}@example.com"), caller=f"test:{number}",
        user_id=user.pk if user else None, cart_token_hash=token,
    )  # fmt: skip
    order = place_order(buyer=buyer, wishes=wishes, context=context)
    return Order.objects.get(pk=order.pk)


def make_paid_order(**facts: Any) -> Order:
    """Paid through the gateway, as its captured payment would leave it."""
    return _paid(make_order(**({"method": "razorpay"} | facts)))


def give_credit(user: User, minor: int) -> None:
    """Store credit in rupees, given by hand."""
    grant_credit(
        user_id=user.pk, amount=Money(minor, "INR"), kind="granted_by_staff", reference=f"test:{next(_numbers)}",
        at=timezone.now(), by="sam", note="For the trouble",
    )  # fmt: skip


def _paid(order: Order) -> Order:
    due = to_pay(order)
    payment = Payment.objects.create(
        reference=order.reference, provider="razorpay", method="upi", amount=due.minor, currency=order.currency,
        captured_amount=due.minor, status=Payment.Status.PAID, provider_order_id=f"order_{order.pk}",
        provider_payment_id=f"pay_{order.pk}", paid_at=timezone.now(),
    )  # fmt: skip
    book(payment, "captured", due.minor, at=timezone.now(), reference=f"pay_{order.pk}")
    settle_payment(order_id=order.pk, payment_id=payment.pk, amount=due, at=timezone.now())
    return Order.objects.get(pk=order.pk)


def make_shipped_order(**facts: Any) -> Order:
    return ship_order(
        order_id=(make_paid_order if facts.pop("paid", False) else make_order)(**facts).pk, at=timezone.now(), by="maya"
    )


def make_delivered_order(**facts: Any) -> Order:
    return deliver_order(order_id=make_shipped_order(**facts).pk, at=timezone.now(), by="maya")


def make_return(*, status: str = "requested", units: int = 1, **facts: Any) -> Return:
    """Of a delivered order; moved along as far as `status`."""
    order = make_delivered_order(**({"quantity": units} | facts))
    line = order.lines.get()
    asked = request_return(order_id=order.pk, items={line.pk: units}, reason="Chipped", at=timezone.now(), by="asha")
    if status in ("approved", "received"):
        decide_return(return_id=asked.pk, approve=True, at=timezone.now(), by="sam")
    if status == "received":
        receive_return(return_id=asked.pk, at=timezone.now(), by="sam")
    return Return.objects.get(pk=asked.pk)


def make_cancelled_order(**facts: Any) -> Order:
    return cancel_order(order_id=make_order(**facts).pk, at=timezone.now(), by="sam", reason="changed my mind")
