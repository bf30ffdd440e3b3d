"""What buyers (and staff) are told when something happens to an order. Each is applied once (the outbox remembers)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from checkout.order.letters import order_of, order_to_tell, write_about
from checkout.order.models import Return
from checkout.order.rules import is_cash, is_covered, is_payable, to_pay, waits_for_code
from checkout.order.services.tell_to_pay import PATIENCE, tell_to_pay_later, write_of_cash
from checkout.order.statuses import RefundTo
from checkout.payment.selectors import money_due
from shop.accounts.roles import SUPPORT
from shop.core.money import Money
from shop.core.outbox import Message, subscribe
from shop.notifications.selectors import staff
from shop.notifications.services.tell import Happening, Reader, tell

PLAIN = {"order.paid": "order_paid", "order.delivered": "order_delivered", "order.cancelled": "order_cancelled"}
PARCELS = {"order.shipped": "order_shipped", "fulfillment.out_for_delivery": "out_for_delivery"}
RETURNS = {f"return.{step}": f"return_{step}" for step in ("requested", "approved", "rejected", "received", "refunded")}


@subscribe("order.placed", "order.confirmed", "order.released")
def write_that_it_is_placed(message: Message) -> None:
    """Of cash that is to be confirmed: once it is, by the buyer or by staff. Of what is paid online the letter of the
    payment tells; only who has not paid after a while is told that it waits."""
    order = order_to_tell(message.payload["order_id"])
    is_first = message.name == "order.placed"
    if is_cash(order) and not waits_for_code(order):
        write_of_cash(order)
    elif is_covered(order) and is_first:
        write_about(order.pk, "order_placed")
    elif is_payable(order) and is_first:
        tell_to_pay_later.using(run_after=message.occurred_at + PATIENCE).enqueue(order.pk)


@subscribe(*PLAIN)
def write_what_happened(message: Message) -> None:
    if message.payload.get("payment_id") != 0:  # store credit paid all of it: the letter of `order.placed` says so
        write_about(message.payload["order_id"], PLAIN[message.name])


@subscribe(*PARCELS)
def write_about_a_parcel(message: Message) -> None:
    order_id, parcel_id = message.payload["order_id"], message.payload.get("fulfillment_id")
    parcel = _related(order_id, "fulfillments", parcel_id)
    number = getattr(parcel, "tracking_number", "")
    carrier = getattr(parcel, "courier_name", "")
    facts = {"parcel": ": ".join(filter(None, (carrier, number))) if number else ""}
    write_about(order_id, PARCELS[message.name], part=str(parcel_id or ""), facts=facts)


@subscribe("payment.failed")
def write_that_payment_failed(message: Message) -> None:
    """Once per payment, however often it is tried; nothing if another one has paid meanwhile."""
    order_id = order_of(message)
    if order_id is not None and is_payable(order_to_tell(order_id)):
        write_about(order_id, "payment_failed", part=f"p{message.payload['payment_id']}")


@subscribe("order.refund_due")
def write_that_money_goes_back(message: Message) -> None:
    """How much is asked of the payment: it may be another sum than the order's, or a rest of it."""
    order = order_to_tell(message.payload["order_id"])
    payment_id = message.payload["payment_id"]
    amount = money_due(payment_id) or to_pay(order)
    facts = {"amount": amount.text(order.locale)}
    write_about(order.pk, "refund_started", part=f"p{payment_id}", facts=facts)


@subscribe("payment.refunded")
def write_that_money_went_back(message: Message) -> None:
    """The money of a return is told by `return.refunded`, store credit by `store_credit.granted`: one letter, not two."""
    order_id, refund_id = order_of(message), message.payload["refund_id"]
    if message.payload.get("to") == RefundTo.STORE_CREDIT:
        return
    if order_id is not None and not Return.objects.filter(refund=refund_id).exists():
        write_about(order_id, "refund_done", part=f"r{refund_id}", facts={"amount": _amount(message)})


@subscribe(*RETURNS)
def write_about_a_return(message: Message) -> None:
    order_id, return_id = message.payload["order_id"], message.payload["return_id"]
    coming = _related(order_id, "returns", return_id)
    if message.name == "return.received" and coming and coming.replacement_id and not coming.amount:
        return  # `exchange_packed` says it, and there is no money to speak of
    if message.name == "return.refunded" and coming and _is_told_as_credit(coming):
        return
    answer = getattr(coming, "answer", "")
    with override(coming.order.locale if coming else None):
        facts = {"amount": _back(coming, message), "answer": answer}
    write_about(order_id, RETURNS[message.name], part=f"return{return_id}", facts=facts)


@subscribe("exchange.released")
def write_that_the_exchange_is_packed(message: Message) -> None:
    order_id, return_id = message.payload["order_id"], message.payload["return_id"]
    replacement = order_to_tell(message.payload["replacement_id"]).number
    write_about(order_id, "exchange_packed", part=f"return{return_id}", facts={"replacement": replacement})


@subscribe("payment.refund_failed")
def tell_staff_that_a_refund_failed(message: Message) -> None:
    order_id = order_of(message)
    if order_id is None:
        return
    number = order_to_tell(order_id).number
    facts = {"number": number, "amount": _amount(message), "reason": str(message.payload.get("error", ""))[:200]}
    what = Happening(
        kind="refund_failed", key=f"r{message.payload['refund_id']}", facts=facts, reference=f"order:{order_id}",
        url=settings.SITE_URL + reverse("wagtailsnippets_order_order:inspect", args=[order_id]),
    )  # fmt: skip
    for user in staff(SUPPORT):
        tell(reader=Reader(user, user.email, user.phone, user.locale), what=what)


def _is_told_as_credit(coming: Return) -> bool:
    return coming.refund is not None and coming.refund.to == RefundTo.STORE_CREDIT


def _back(coming: Return | None, message: Message) -> str:
    """How much of a return went back: the money, and what was paid with store credit."""
    if coming is None or not coming.credit or message.name != "return.refunded":
        return _amount(message)
    currency, money = message.payload["currency"], message.payload["amount"] - coming.credit
    credit = _("%(amount)s of store credit") % {"amount": Money(coming.credit, currency).text()}
    return (
        _("%(money)s and %(credit)s") % {"money": Money(money, currency).text(), "credit": credit} if money else credit
    )


def _amount(message: Message) -> str:
    facts = message.payload
    return Money(facts["amount"], facts["currency"]).text() if facts.get("amount") else ""


def _related(order_id: int, name: str, pk: Any) -> Any:
    """A parcel or return of the order; None where the event names none."""
    rows = getattr(order_to_tell(order_id), name, None)
    return rows.filter(pk=pk).first() if rows is not None and pk else None
