"""An order in words, for pages and letters: amounts, states and days in the active language. Causes no query beyond
lines and events (prefetch them)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.order.models import Order, OrderLine
from checkout.order.progress import progress_of
from checkout.order.prospects import is_promised
from checkout.order.rules import is_cash, is_covered, is_exchange, is_payable, to_pay, waits_for_code
from checkout.shipping.selectors import arrival_of
from shop.accounts.models import Address
from shop.accounts.rules import FIELDS
from shop.core.dates import date_text, day_text, moment_text
from shop.core.money import format_money

P, F = Order.PaymentStatus, Order.FulfillmentStatus


def order_texts(order: Order, locale: str) -> dict[str, Any]:
    """What templates call an order, without addresses of pages."""
    lines = list(order.lines.all())
    return {
        "number": order.number,
        "email": order.email,
        "first_name": (str(order.address.get("name", "")).split() or [""])[0],
        "placed_text": date_text(order.placed_at, locale),
        "items": [line_texts(line, order.currency, locale) for line in lines],
        "item_count": sum(line.quantity for line in lines),
        **_sums(order, locale),
        "total_label": _("To pay") if order.payment_status == P.PENDING else _("Total"),
        "address": order.address | {"lines": address_lines(order.address)},
        "payment": {"method": order.payment_method, "status": order.payment_status, **_payment(order, locale)},
        **_status(order),
        **_state(order, locale),
        "progress": progress_of(order, locale),
        "waits_for_payment": is_payable(order),
        "held_until_text": _held_until(order, locale),
    }


def arrival_day(order: Order, locale: str) -> str:
    """`Saturday, 24 October`: promised only for what is being packed or under way, else nothing. One query."""
    if not is_promised(order):
        return ""
    placed_on = timezone.localdate(order.placed_at)
    day = arrival_of(code=order.shipping_method, currency=order.currency, placed_on=placed_on)
    return day_text(day, locale) if day else ""


def line_texts(line: OrderLine, currency: str, locale: str) -> dict[str, Any]:
    return {
        "name": line.name,
        "quantity": line.quantity,
        "options_text": line.options_text or ", ".join(str(value) for value in line.options.values()),
        "image": {"url": line.image_url, "alt": line.name} if line.image_url else None,
        "url": line.product_url,
        "unit_price_text": format_money(line.price, currency, locale),
        "line_total_text": format_money(line.total, currency, locale),
    }


def address_lines(address: Mapping[str, Any]) -> list[str]:
    """As it is written on a parcel."""
    return Address(**{field: address.get(field) or "" for field in FIELDS}).lines


def _sums(order: Order, locale: str) -> dict[str, Any]:
    def text(minor: int) -> str:
        return format_money(minor, order.currency, locale)

    discounts = [{"name": _("Discount"), "amount_text": text(-order.discount)}] if order.discount else []
    return {
        "subtotal_text": text(order.subtotal),
        "discounts": discounts,
        "shipping_label": order.shipping_name,
        "shipping_text": text(order.shipping) if order.shipping else _("Free"),
        "shipping_is_free": not order.shipping,
        "tax_text": format_money(order.tax, order.currency, locale, paise=True) if order.tax else "",
        "tax_is_extra": not order.prices_include_tax,
        "total_text": text(order.total),
        "to_pay_text": to_pay(order).text(locale),
        "store_credit_text": text(-order.store_credit) if order.store_credit else "",
        "rest_label": _rest_label(order),
    }


def _rest_label(order: Order) -> str:
    """Of what store credit did not pay."""
    if order.payment_status == P.VOID:
        return _("Not charged")
    return _("To pay") if order.payment_status == P.PENDING or not to_pay(order) else _("Paid")


def _payment(order: Order, locale: str) -> dict[str, str]:
    total = to_pay(order).text(locale)
    if is_covered(order):
        return {"text": _("Paid with store credit"), "due_text": ""}
    if is_cash(order):
        waits = order.payment_status == P.PENDING
        due = _("Have %(total)s ready, in cash or by UPI.") % {"total": total} if waits else ""
        return {"text": _("Cash on delivery"), "due_text": due}
    if is_exchange(order):
        return {"text": _("An exchange: nothing to pay"), "due_text": ""}
    return {"text": _("Paid online") if order.payment_status == P.PAID else _("Online payment"), "due_text": ""}


def _status(order: Order) -> dict[str, str]:
    """The word of an order, and its color: good, trouble or neither."""
    if order.status == Order.Status.CANCELLED:
        return {"status_label": _("Cancelled"), "status_tone": ""}
    words = {
        F.PARTIAL: (_("Partly on its way"), "good"),
        F.SHIPPED: (_("On its way"), "good"),
        F.DELIVERED: (_("Delivered"), "good"),
        F.RETURNED: (_("Returned"), ""),
    }
    if is_payable(order):
        return {"status_label": _("Waiting for your payment"), "status_tone": "trouble"}
    if waits_for_code(order):
        return {"status_label": _("Waits for your code"), "status_tone": "trouble"}
    if is_exchange(order) and order.review_reason:
        return {"status_label": _("Waits for what you send back"), "status_tone": ""}
    label, tone = words.get(F(order.fulfillment_status), (_("Being packed"), "good"))
    return {"status_label": label, "status_tone": tone}


def _state(order: Order, locale: str) -> dict[str, Any]:
    """One line on where it stands with the money, and what happens now."""
    total = {"total": to_pay(order).text(locale)}
    if order.status == Order.Status.CANCELLED:
        return {"state_text": _cancelled(order, total, locale), "state_good": False, "headline": ""}
    if is_payable(order):
        return {
            "state_text": _("%(total)s is still to be paid.") % total,
            "state_good": False,
            "headline": _("We begin when it is paid."),
        }
    if is_exchange(order):
        waits = _("We pack it when what you send back is here.") if order.review_reason else ""
        return {"state_text": _("An exchange: nothing to pay."), "state_good": True, "headline": waits}
    paid = order.payment_status == P.PAID
    total = {"total": format_money(order.total, order.currency, locale)} if paid else total
    text = _("Paid: %(total)s.") if paid else _("Placed. You pay %(total)s when it comes.")
    if waits_for_code(order):
        return {"state_text": text % total, "state_good": False, "headline": _("Confirm it with the code we sent you.")}
    packing = order.fulfillment_status == F.UNFULFILLED
    return {"state_text": text % total, "state_good": True, "headline": _("We are packing it.") if packing else ""}


def _cancelled(order: Order, total: Mapping[str, str], locale: str) -> str:
    if order.credit_returned:
        return f"{_money_back(order, total)} {_credit_back(order, locale)}"
    return _money_back(order, total)


def _credit_back(order: Order, locale: str) -> str:
    amount = format_money(order.credit_returned, order.currency, locale)
    return _("%(amount)s is store credit again.") % {"amount": amount}


def _money_back(order: Order, total: Mapping[str, str]) -> str:
    if is_covered(order):
        return _("Cancelled.")
    if order.payment_status == P.REFUND_DUE:
        return _("Cancelled. Your %(total)s is on its way back to you.") % total
    if order.payment_status == P.REFUNDED:
        return _("Cancelled. Your %(total)s has gone back to you.") % total
    return _("Cancelled. Nothing is left to pay.")


def _held_until(order: Order, locale: str) -> str:
    until = order.stock_held_until
    return moment_text(until, locale) if until and until > timezone.now() and is_payable(order) else ""
