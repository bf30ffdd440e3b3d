"""Past orders, played through the use cases with a shifted clock: never by setting columns."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from catalog.product.models import Variant
from checkout.cart.models import Cart
from checkout.cart.services.open_cart import open_cart
from checkout.cart.services.put_line import add_line
from checkout.order.models import Order
from checkout.order.rules import to_pay
from checkout.order.services.cancel_order import cancel_order, cancel_unpaid
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.place_order import Buyer, Wishes, place_order
from checkout.order.services.request_return import request_return
from checkout.order.services.ship_parcel import Carrier, ship_parcel
from checkout.payment.errors import PaymentNotVerified
from checkout.payment.models import Refund
from checkout.payment.services.confirm_payment import confirm_payment
from checkout.payment.services.send_refund import send_refund
from checkout.payment.services.start_payment import start_payment
from shop.accounts.models import User
from shop.accounts.rules import FIELDS, clean_address
from shop.core.api.caller import hash_token
from shop.core.context import ShopContext
from shop.core.outbox.relay import relay_due
from shop.management.demo.clock import shifted_to
from shop.management.demo.content import read
from shop.management.demo.gateway import DemoGateway
from shop.notifications.services.mark_read import mark_all_read

UNREAD_DAYS = 3


def play_orders(*, now: datetime, people: dict[str, User], gateway: DemoGateway) -> int:
    """Play every step of every order in the order of time; returns how many orders there are."""
    orders = {row["key"]: row for row in read("orders")["orders"]}
    steps = [(step["days_ago"], row["key"], step) for row in orders.values() for step in row["steps"]]
    placed: dict[str, int] = {}
    bells_are_old = False
    for days_ago, key, step in sorted(steps, key=lambda entry: -entry[0]):
        with shifted_to(now - timedelta(days=days_ago)) as moment:
            if days_ago < UNREAD_DAYS and not bells_are_old:
                bells_are_old = bool(_read_the_bells(people, moment))
            if step["step"] == "placed":
                placed[key] = _place(orders[key], people, moment).pk
            else:
                _STEPS[step["step"]](Order.objects.get(pk=placed[key]), step, moment, gateway)
            relay_due()
            _send_refunds()
    return len(placed)


def _read_the_bells(people: dict[str, User], moment: datetime) -> int:
    """Nobody leaves the notices of three months unread; the newest are left, so that the bell shows something."""
    for user in people.values():
        mark_all_read(user=user, at=moment)
    return len(people)


def _send_refunds() -> None:
    """What goes back goes back while the gateway of the demo's past is there; its state is gone afterwards."""
    for refund in Refund.objects.filter(status=Refund.Status.REQUESTED):
        send_refund(refund_id=refund.pk)


def _place(row: dict[str, Any], people: dict[str, User], moment: datetime) -> Order:
    buyer, address, cart = _buyer(row, people)
    context = ShopContext.now(locale="en")
    for line in row["lines"]:
        variant = Variant.objects.select_related("core").get(sku=line["sku"])
        add_line(cart=cart, variant=variant, quantity=line["quantity"], context=context)
    wishes = Wishes(
        address=address, payment_method=row["method"], shipping_method=row["shipping"], note=row.get("note", "")
    )
    return place_order(buyer=buyer, wishes=wishes, context=context)


def _buyer(row: dict[str, Any], people: dict[str, User]) -> tuple[Buyer, dict[str, str], Any]:
    if row["customer"] in people:
        user = people[row["customer"]]
        kept = user.addresses.get(is_default=True)
        cart = open_cart(user_id=user.pk, currency="INR")
        buyer = Buyer(email=user.email, caller=f"user:{user.pk}", user_id=user.pk)
        return buyer, {name: getattr(kept, name) for name in FIELDS}, cart
    guest = next(row_ for row_ in read("people")["guests"] if row_["key"] == row["customer"])
    token = hash_token(f"demo {row['key']}")
    cart = Cart.objects.create(token_hash=token, currency="INR")
    address = clean_address({name: value for name, value in guest["address"].items() if name in FIELDS})
    return Buyer(email=guest["email"], caller=f"demo:{row['key']}", cart_token_hash=token), address, cart


def _pay(order: Order, step: dict, moment: datetime, gateway: DemoGateway) -> None:
    _go_to_gateway(order, gateway, "success")


def _fail(order: Order, step: dict, moment: datetime, gateway: DemoGateway) -> None:
    _go_to_gateway(order, gateway, "fail:payment_failed")


def _leave(order: Order, step: dict, moment: datetime, gateway: DemoGateway) -> None:
    _start(order)


def _start(order: Order):
    return start_payment(reference=order.reference, provider="razorpay", amount=to_pay(order))


def _go_to_gateway(order: Order, gateway: DemoGateway, outcome: str) -> None:
    payment = _start(order)
    brought = gateway.pay(payment.provider_order_id, outcome)
    error = brought.get("error") or {}
    with contextlib.suppress(PaymentNotVerified):
        confirm_payment(
            reference=order.reference,
            provider="razorpay",
            amount=to_pay(order),
            payment_id=brought.get("razorpay_payment_id") or error.get("metadata", {}).get("payment_id", ""),
            order_id=payment.provider_order_id,
            signature=brought.get("razorpay_signature", ""),
        )


def _ship(order: Order, step: dict, moment: datetime, gateway: DemoGateway) -> None:
    """All that is left, or the `items` (SKU → pieces) that fit into this parcel."""
    items, lines = step.get("items"), {line.sku: line.pk for line in order.lines.all()}
    carrier = Carrier("manual", step.get("courier", ""), step.get("tracking", ""), "")
    wanted = {lines[sku]: count for sku, count in items.items()} if items else None
    ship_parcel(order_id=order.pk, items=wanted, carrier=carrier, at=moment, by="maya")


def _deliver(order: Order, step: dict, moment: datetime, gateway: DemoGateway) -> None:
    deliver_order(order_id=order.pk, at=moment, by="sam")


def _ask_to_send_back(order: Order, step: dict, moment: datetime, gateway: DemoGateway) -> None:
    lines = {line.sku: line.pk for line in order.lines.all()}
    wanted = {lines[sku]: count for sku, count in step["items"].items()}
    request_return(order_id=order.pk, items=wanted, reason=step["reason"], at=moment, by=step["by"])


def _cancel(order: Order, step: dict, moment: datetime, gateway: DemoGateway) -> None:
    if step["by"] == "clock":
        cancel_unpaid(order_id=order.pk, at=moment)
    else:
        cancel_order(order_id=order.pk, at=moment, by=step["by"], reason=step.get("reason", ""))


_STEPS: dict[str, Callable[[Order, dict, datetime, DemoGateway], None]] = {
    "paid": _pay,
    "payment_failed": _fail,
    "payment_pending": _leave,
    "shipped": _ship,
    "delivered": _deliver,
    "cancelled": _cancel,
    "return_requested": _ask_to_send_back,
}
