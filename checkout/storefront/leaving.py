"""To a gateway's own page and back to the client that asked for it (`checkout/api/return_address.py`)."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from checkout.api.return_address import BACK_SALT, COOKIE, KEPT_SECONDS, LEAVE_SALT
from checkout.order.models import Order
from checkout.storefront.pages import page, see_other


@page("GET")
def leave(request: HttpRequest, signed: str) -> HttpResponse:
    """On to the gateway. Only addresses that we signed are followed."""
    try:
        way = signing.loads(signed, salt=LEAVE_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    response = HttpResponseRedirect(way["to"])
    response.set_cookie(
        COOKIE, signing.dumps(way["return_url"], salt=BACK_SALT), max_age=KEPT_SECONDS, path=way["path"],
        secure=request.is_secure(), httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def back_to_client(request: HttpRequest, order: Order, outcome: str) -> HttpResponse | None:
    """The client's address with `order_id` and `payment` (paid, waiting, failed, unknown or left); None where none is known."""
    try:
        address = signing.loads(request.COOKIES.get(COOKIE, ""), salt=BACK_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    said = urlencode({"order_id": order.pk, "payment": outcome})
    parts = urlsplit(address)
    return see_other(parts._replace(query=f"{parts.query}&{said}" if parts.query else said).geturl())
