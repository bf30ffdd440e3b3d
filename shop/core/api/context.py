"""The ShopContext of a request: language and currency as the client chose them, the time as it is."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.core.api.language import locale_of
from shop.core.context import ShopContext
from shop.core.errors import Invalid

CURRENCY_COOKIE = "currency"


def context_of(request) -> ShopContext:
    """`?currency=` or `X-Currency`, `?lang=` or `Accept-Language`. Raises Invalid for a currency that is not sold in."""
    return ShopContext.now(currency=currency_of(request), locale=locale_of(request))


def currency_of(request) -> str:
    asked = request.GET.get("currency") or request.META.get("HTTP_X_CURRENCY") or ""
    if asked and asked.upper() not in settings.CURRENCIES:
        known = ", ".join(settings.CURRENCIES)
        raise Invalid(errors={"currency": [_("Unknown currency. Known: %(known)s.") % {"known": known}]})
    return asked.upper() or settings.DEFAULT_CURRENCY


def page_context(request) -> ShopContext:
    """The context of a rendered page: the language of its address, the currency of the shopper's cookie."""
    return ShopContext.now(currency=page_currency(request), locale=page_locale())


def page_locale() -> str:
    """The language that the address named; the locale middleware has made it the active one."""
    active = get_language() or settings.LANGUAGE_CODE
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def page_currency(request) -> str:
    chosen = request.COOKIES.get(CURRENCY_COOKIE, "") or request.GET.get("currency", "")
    return chosen if chosen in settings.CURRENCIES else settings.DEFAULT_CURRENCY
