"""How far an order is: the steps that its buyer is shown, the one that is due now among them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from checkout.order.models import Order, OrderEvent
from checkout.order.rules import is_cash, is_exchange
from shop.core.dates import moment_text

K = OrderEvent.Kind
Step = dict[str, str]


def progress_of(order: Order, locale: str) -> list[Step]:
    """`[{state: done | now | next, title, text}]`. What happened says when."""
    happened = {event.kind: event.at for event in order.events.all()}
    ends_early = order.status == Order.Status.CANCELLED
    steps = _ended(order, happened) if ends_early else _planned(order, happened)
    shown: list[Step] = []
    for kind, title, text in steps:
        at = happened.get(kind)
        said = " · ".join(part for part in (moment_text(at, locale) if at else "", text) if part)
        shown.append({"state": _state(at, shown), "title": title, "text": said})
    return shown


def _state(at: datetime | None, before: list[Step]) -> str:
    if at is not None:
        return "done"
    return "next" if any(step["state"] != "done" for step in before) else "now"


def _planned(order: Order, happened: dict[str, datetime]) -> list[tuple[str, str, str]]:
    shipped, delivered = K.SHIPPED in happened, K.DELIVERED in happened
    packing = "" if shipped else _("Until it leaves you can cancel.")
    ride = "" if delivered else _("The rider calls before coming.")
    steps = [(K.PLACED, _("Placed"), "")]
    if is_exchange(order):
        end = _("Delivered") if delivered else _("Delivery")
        return [*steps, (K.SHIPPED, _("On its way") if shipped else _("We pack it"), packing), (K.DELIVERED, end, ride)]
    if is_cash(order):
        end = _("Delivered and paid") if delivered else _("Delivery, and you pay")
        return [*steps, (K.SHIPPED, _("On its way") if shipped else _("We pack it"), packing), (K.DELIVERED, end, ride)]
    paid = K.PAID in happened
    money = (K.PAID, _("Paid") if paid else _("Payment"), "" if paid else _("It is packed when it is paid."))
    end = _("Delivered") if delivered else _("Delivery")
    return [*steps, money, (K.SHIPPED, _("On its way") if shipped else _("We pack it"), packing),
            (K.DELIVERED, end, ride)]  # fmt: skip


def _ended(order: Order, happened: dict[str, datetime]) -> list[tuple[str, str, str]]:
    titles = {K.PLACED: _("Placed"), K.PAID: _("Paid"), K.SHIPPED: _("On its way"), K.REFUSED: _("Refused at the door"),
              K.CANCELLED: _("Cancelled")}  # fmt: skip
    steps: list[tuple[str, str, str]] = [(kind, title, "") for kind, title in titles.items() if kind in happened]
    if order.payment_status in (Order.PaymentStatus.REFUND_DUE, Order.PaymentStatus.REFUNDED):
        steps.append((K.REFUNDED, _("Money back"), ""))
    return steps
