from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from checkout.storefront.pages import page, see_other
from shop.accounts.storefront.going_on import next_of
from shop.core.api.context import CURRENCY_COOKIE
from shop.core.origin import own_pages_only

KEPT_SECONDS = 365 * 24 * 3600


@own_pages_only
@page("POST")
def keep_preferences(request: HttpRequest) -> HttpResponse:
    """The currency to shop in; one that the shop does not sell in changes nothing."""
    answer = see_other(next_of(request) or "/")
    if (currency := request.POST.get("currency", "")) in settings.CURRENCIES:
        answer.set_cookie(
            CURRENCY_COOKIE, currency, max_age=KEPT_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return answer
