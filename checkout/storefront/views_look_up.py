"""Track an order: whoever has neither account nor link left has a new link sent to the order's e-mail address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from checkout.order.limits import LOOK_UPS_OF_ADDRESS
from checkout.order.services.look_up_order import look_up_order
from checkout.storefront.forms import LookUpForm
from checkout.storefront.pages import page, see_other, show
from shop.accounts.storefront.forms import show_refusal
from shop.core.errors import Refusal
from shop.core.limits import count_address


@page()
def track(request: HttpRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = LookUpForm(typed, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        try:
            count_address(LOOK_UPS_OF_ADDRESS, request)
            look_up_order(**form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return see_other("checkout:track_asked")
    return show(request, "checkout/track.html", _("Track an order"), form=form)


@page("GET", "HEAD")
def asked(request: HttpRequest) -> HttpResponse:
    return show(request, "checkout/track_asked.html", _("Look into your mail"))
