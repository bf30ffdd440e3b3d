"""`/checkout/pay/<number>/`: the gateway's window over our page, and what the browser brings back from it."""

from __future__ import annotations

import contextlib
import re
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from checkout.api.limits import begin_counted
from checkout.api.payment_serializers import order_id_of, prefill
from checkout.order.models import Order
from checkout.order.rules import is_cash, is_payable, to_pay
from checkout.order.selectors import order_of_number, orders_of
from checkout.order.services.change_payment_method import change_payment_method
from checkout.order.services.open_checkout import open_checkout
from checkout.payment import providers
from checkout.payment.entry import Entry
from checkout.payment.errors import AlreadyPaid, GatewayUnavailable, PaymentNotVerified
from checkout.payment.models import Payment
from checkout.payment.services.confirm_payment import confirm_payment
from checkout.payment.services.record_failure import record_failure
from checkout.storefront.caller import page_caller
from checkout.storefront.gateway_policy import gateway_allowed
from checkout.storefront.leaving import back_to_client
from checkout.storefront.order_addresses import order_url, pay_url
from checkout.storefront.order_context import order_page
from checkout.storefront.other_ways import other_ways
from checkout.storefront.pages import page, say, see_other, show
from shop.core.api.context import page_locale
from shop.core.errors import NotThere, Refusal
from shop.core.limits import TooMany

# Their browsers show no window of the gateway's inside ours: it takes the whole page, and posts its answer back.
WITHOUT_WINDOWS = re.compile(r"Instagram|FBAN|FBAV|UCBrowser|Opera Mini|OPR/.*Mini")


@page("GET", "HEAD")
@gateway_allowed
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """The order's page where there is nothing to pay any more."""
    order = order_of_number(orders_of(page_caller(request)), number)
    if not is_payable(order):
        return see_other("checkout:done", order.number)
    failure, status = _failure(request.GET.get("result", "")), 200
    try:
        begin = partial(open_checkout, order=order, at=timezone.now())
        gateway = _gateway(request, order, begin_counted(request, order, begin)[1])
    except AlreadyPaid:
        return see_other("checkout:done", order.number)
    except Refusal as refusal:
        gateway, failure = {}, {"title": _("The payment cannot begin"), "text": say(refusal)}
        status = refusal.status if isinstance(refusal, TooMany) else 503
    return show(
        request, "checkout/pay.html", _("Payment"), status=status,
        order=order_page(order, page_locale()), gateway=gateway, result_url=result_url(order), failure=failure,
        demo_notice=_entry(order).is_demo(), other_ways=other_ways(order, page_locale()),
        change_url=reverse("checkout:pay_method", args=[order.number]),
    )  # fmt: skip


@page("POST")
def change_method(request: HttpRequest, number: str) -> HttpResponse:
    """Pay another way, and go on there. What is not possible any more is said, and nothing is changed."""
    order = order_of_number(orders_of(page_caller(request)), number)
    try:
        order = change_payment_method(
            order_id=order.pk, method=request.POST.get("payment_method", ""), at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, say(refusal))
    return see_other(pay_url(order)) if is_payable(order) else see_other("checkout:done", order.number)


@csrf_exempt  # posted across sites, without a cookie: the address names the order, the gateway's signature proves it
@page("POST")
def take_result(request: HttpRequest, signed_number: str) -> HttpResponse:
    order = _order_of(signed_number)
    names = _entry(order).result_fields
    return _shown(order, _outcome(order, *(request.POST.get(name, "") for name in names)))


@page("GET")
def come_back(request: HttpRequest, gateway: str, receipt: str) -> HttpResponse:
    """From a gateway's own page, over an address that only it was given: `?paid=…` names what was paid, as it says."""
    attempt = Payment.objects.filter(provider=gateway, receipt=receipt).exclude(provider_order_id="").first()
    order = Order.objects.filter(pk=order_id_of(attempt) or 0).first() if attempt else None
    if attempt is None or order is None:
        raise Http404
    paid = request.GET.get("paid")
    outcome = _outcome(order, paid, attempt.provider_order_id, "") if paid else "left"
    return back_to_client(request, order, outcome) or _shown(order, outcome)


def _outcome(order: Order, payment_id: str, order_id: str, signature: str) -> str:
    """`paid`, `waiting`, `failed`, or `unknown` while the gateway does not answer."""
    try:
        return _confirm(order, payment_id, order_id, signature)
    except GatewayUnavailable:
        return "unknown"


def _shown(order: Order, outcome: str) -> HttpResponse:
    if outcome == "unknown":
        return see_other(order_url(order))
    if outcome in ("failed", "left"):
        return see_other(f"{pay_url(order)}?result={outcome}")
    return see_other("checkout:done", order.number)


def result_url(order: Order) -> str:
    """Where the answer goes. Signed by us, so that nobody can write attempts to orders by counting numbers."""
    return reverse("checkout:pay_result", args=[_signer().sign(order.number)])


def _signer() -> signing.Signer:
    return signing.Signer(salt="checkout.pay")


def _order_of(signed_number: str) -> Order:
    try:
        number = _signer().unsign(signed_number)
    except signing.BadSignature:
        raise Http404 from None
    return order_of_number(Order.objects.all(), number)


def _confirm(order: Order, payment_id: str, order_id: str, signature: str) -> str:
    """`paid`, `waiting` or `failed`. Raises GatewayUnavailable: nothing is decided."""
    if is_cash(order):
        return "waiting"  # decided for the door meanwhile; should money have come, the gateway's message gives it back
    if not payment_id:
        with contextlib.suppress(GatewayUnavailable):
            record_failure(reference=order.reference, provider=order.payment_method)
        return "failed"
    try:
        payment = confirm_payment(
            reference=order.reference, provider=order.payment_method, amount=to_pay(order),
            payment_id=payment_id, order_id=order_id or None, signature=signature,
        )  # fmt: skip
    except PaymentNotVerified:
        return "failed"
    return "paid" if payment.status == Payment.Status.PAID else "waiting"


def _gateway(request: HttpRequest, order: Order, options: dict[str, Any]) -> dict[str, Any]:
    entry = _entry(order)
    if not entry.page_script:
        return {"redirect_url": options["redirect_url"]}
    options |= {
        "name": settings.WAGTAIL_SITE_NAME,
        "description": _("Order %(number)s") % {"number": order.number},
        "prefill": prefill(order),
        "theme": {"color": "#1f2a5c"},
    }
    if WITHOUT_WINDOWS.search(request.headers.get("User-Agent", "")):
        options |= {"callback_url": request.build_absolute_uri(result_url(order)), "redirect": True}
    return {
        "window_script": entry.window_script(),
        "page_script": entry.page_script,
        "options": options,
        "result_fields": entry.result_fields,
    }


def _entry(order: Order) -> Entry:
    """Raises NotThere: the order names a way of paying that is gone."""
    found = providers.entry(order.payment_method)
    if found is None:
        raise NotThere
    return found


def _failure(result: str) -> dict[str, Any] | None:
    if result == "left":
        text = _("Nothing has been charged. The order waits for you.")
        return {"title": _("You left the payment page"), "text": text, "calm": True}
    if result != "failed":
        return None
    text = _("Your bank did not confirm it. Should money have left your account, we book it here or it comes back.")
    return {"title": _("The payment did not go through"), "text": text}
