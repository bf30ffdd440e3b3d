"""Orders after they were placed: the thanks, the page of one, the list, cancelling."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.order.models import Order
from checkout.order.rules import may_choose_credit
from checkout.order.selectors import order_of_number, orders_of, with_details
from checkout.order.services.cancel_order import cancel_order
from checkout.storefront.caller import holder_of, is_over, keep_order_token, page_caller
from checkout.storefront.forms import CancelForm
from checkout.storefront.order_context import order_card, order_page
from checkout.storefront.pages import SeeOther, page, say, see_other, show
from shop.accounts.storefront.overview import on_overview
from shop.core.api.context import page_locale
from shop.core.errors import Refusal

ON_A_PAGE = 10


@page("GET", "HEAD")
def done(request: HttpRequest, number: str) -> HttpResponse:
    order = order_page(order_of_number(orders_of(page_caller(request)), number), page_locale())
    return show(request, "checkout/confirmation.html", _("Thank you"), order=order)


@page("GET", "HEAD")
def guest_order(request: HttpRequest, number: str) -> HttpResponse:
    """The token of a mailed link moves from the address into the session, so that it is not passed on from there."""
    if token := request.GET.get("token"):
        if is_over(token):
            messages.error(request, _("This link is too old. Have a new one sent to you."))
            return SeeOther(f"{resolve_url('checkout:track')}?{urlencode({'number': number})}")
        order_of_number(orders_of(holder_of(token)), number)
        keep_order_token(request, number, token)
        return see_other("checkout:order", number)
    return _order_page(request, order_of_number(orders_of(page_caller(request)), number))


@page("GET", "HEAD", signed_in=True)
def own_order(request: HttpRequest, number: str) -> HttpResponse:
    return _order_page(request, order_of_number(_own(request), number), section="orders")


def _own(request: HttpRequest):
    return Order.objects.filter(user_id__in=[request.user.pk])


def _order_page(request: HttpRequest, order: Order, **context: Any) -> HttpResponse:
    shown = order_page(order, page_locale())
    return show(request, "accounts/order.html", order.number, order=shown, **context)


@page("POST")
def cancel_guest_order(request: HttpRequest, number: str) -> HttpResponse:
    order = order_of_number(orders_of(page_caller(request)), number)
    _cancel(request, order, by="guest")
    return see_other("checkout:order", order.number)


@page("POST", signed_in=True)
def cancel_own_order(request: HttpRequest, number: str) -> HttpResponse:
    order = order_of_number(_own(request), number)
    _cancel(request, order, by=request.user.username)
    return see_other("checkout:own_order", order.number)


def _cancel(request: HttpRequest, order: Order, *, by: str) -> None:
    form = CancelForm(request.POST, may_choose_credit=may_choose_credit(order))
    if not form.is_valid():
        messages.error(request, _("Choose one of the ways below."))
        return
    try:
        cancel_order(order_id=order.pk, at=timezone.now(), by=by, to=form.refund_to)
    except Refusal as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, _("The order is cancelled."))


@page("GET", "HEAD", signed_in=True)
def own_orders(request: HttpRequest) -> HttpResponse:
    newest_first = with_details(_own(request).order_by("-placed_at", "-pk"))
    shown = Paginator(newest_first, ON_A_PAGE).get_page(request.GET.get("page"))
    orders = [order_card(order, page_locale()) for order in shown]
    pager = {
        "next_url": f"?page={shown.next_page_number()}" if shown.has_next() else "",
        "previous_url": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
    }
    return show(request, "accounts/orders.html", _("Your orders"), section="orders", orders=orders, pager=pager)


@on_overview
def latest_order(request: HttpRequest) -> dict[str, Any]:
    newest = with_details(_own(request).order_by("-placed_at", "-pk"))[:1]
    return {"orders": [order_card(order, page_locale()) for order in newest]}
