"""The code of a cash order: typed on its page, or sent again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.order.models import Order
from checkout.order.selectors import order_of_number, orders_of
from checkout.order.services.confirm_cash import confirm_cash
from checkout.order.services.send_code import send_code
from checkout.storefront.caller import page_caller
from checkout.storefront.order_addresses import order_url
from checkout.storefront.pages import page, say, see_other
from shop.core.errors import Refusal


@page("POST", signed_in=True)
def own_confirm(request: HttpRequest, number: str) -> HttpResponse:
    return _confirm(request, order_of_number(Order.objects.filter(user_id__in=[request.user.pk]), number))


@page("POST")
def guest_confirm(request: HttpRequest, number: str) -> HttpResponse:
    return _confirm(request, order_of_number(orders_of(page_caller(request)), number))


def _confirm(request: HttpRequest, order: Order) -> HttpResponse:
    try:
        messages.success(request, _act(request, order))
    except Refusal as refusal:
        messages.error(request, say(refusal))
    return see_other(order_url(order))


def _act(request: HttpRequest, order: Order) -> str:
    if "again" in request.POST:
        send_code(order_id=order.pk, at=timezone.now())
        return _("A new code is on its way.")
    confirm_cash(order_id=order.pk, code=request.POST.get("code", "")[:20], at=timezone.now())
    return _("Thank you: the order is confirmed.")
