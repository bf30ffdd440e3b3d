"""What a buyer can still do with an order: send it elsewhere, send pieces back, buy it again. For an own order and for
a guest's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.order.exchangeable import choices_for
from checkout.order.models import Order, Return
from checkout.order.returnable import returnable
from checkout.order.rules import may_change_address, may_have_credit
from checkout.order.selectors import order_of_number, orders_of
from checkout.order.services.buy_again import Bought, buy_again
from checkout.order.services.change_address import change_address
from checkout.order.services.request_return import request_return
from checkout.storefront.caller import keep_cart_token, page_caller
from checkout.storefront.forms import OrderAddressForm, ReturnForm
from checkout.storefront.order_addresses import order_url
from checkout.storefront.order_context import order_card
from checkout.storefront.pages import page, say, see_other, show
from shop.accounts.storefront.forms import show_refusal
from shop.core.api.context import page_context, page_locale
from shop.core.errors import Refusal

Find = Callable[[HttpRequest, str], Order]


def _own(request: HttpRequest, number: str) -> Order:
    return order_of_number(Order.objects.filter(user_id__in=[request.user.pk]), number)


def _guests(request: HttpRequest, number: str) -> Order:
    return order_of_number(orders_of(page_caller(request)), number)


@page(signed_in=True)
def own_address(request: HttpRequest, number: str) -> HttpResponse:
    return _address(request, _own(request, number), by=request.user.username)


@page()
def guest_address(request: HttpRequest, number: str) -> HttpResponse:
    return _address(request, _guests(request, number), by="guest")


@page(signed_in=True)
def own_return(request: HttpRequest, number: str) -> HttpResponse:
    return _return(request, _own(request, number), by=request.user.username)


@page()
def guest_return(request: HttpRequest, number: str) -> HttpResponse:
    return _return(request, _guests(request, number), by="guest")


@page("POST", signed_in=True)
def own_again(request: HttpRequest, number: str) -> HttpResponse:
    return _again(request, _own(request, number))


@page("POST")
def guest_again(request: HttpRequest, number: str) -> HttpResponse:
    return _again(request, _guests(request, number))


def _again(request: HttpRequest, order: Order) -> HttpResponse:
    bought = buy_again(order=order, caller=page_caller(request), context=page_context(request))
    if bought.put or not bought.left:
        messages.success(request, _("Order %(number)s is in your cart again.") % {"number": order.number})
    if bought.left:
        messages.warning(request, _("Not any more for sale, or not as many: %(what)s.") % {"what": _names(bought)})
    return keep_cart_token(request, see_other("checkout:cart"), bought.new_token)


def _names(bought: Bought) -> str:
    return ", ".join(f"{left.quantity} × {left.line.name}" for left in bought.left)


def _address(request: HttpRequest, order: Order, *, by: str) -> HttpResponse:
    if not may_change_address(order):
        messages.error(request, _("It is on its way: the address cannot be changed any more."))
        return see_other(order_url(order))
    form = OrderAddressForm(_typed(request), initial=order.address)
    if request.method == "POST" and form.is_valid():
        try:
            change_address(order_id=order.pk, address=form.address, at=timezone.now(), by=by)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The order goes to the new address."))
            return see_other(order_url(order))
    title = _("Change the address")
    return show(request, "accounts/order_address.html", title, form=form, order=_card(order))


def _return(request: HttpRequest, order: Order, *, by: str) -> HttpResponse:
    at = timezone.now()
    possible = returnable(order, at)
    if not possible.is_any:
        messages.error(request, _("Nothing of this order can be sent back."))
        return see_other(order_url(order))
    lines = order.lines.all()
    choices = choices_for(order, lines, at)
    form = ReturnForm(
        _typed(request), lines=lines, most=possible.units, choices=choices, may_have_credit=may_have_credit(order)
    )
    if request.method == "POST" and form.is_valid():
        try:
            request_return(
                order_id=order.pk, items=form.items, exchanges=form.exchanges, reason=form.reason,
                refund_to=form.cleaned_data.get("refund_to") or Return.RefundTo.SOURCE, at=at, by=by,
            )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, say(refusal))
        else:
            messages.success(request, _("We have your wish to send it back, and write to you soon."))
        return see_other(order_url(order))
    return show(request, "accounts/order_return.html", _("Send something back"), form=form, order=_card(order))


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _card(order: Order) -> dict[str, Any]:
    return order_card(order, page_locale())
