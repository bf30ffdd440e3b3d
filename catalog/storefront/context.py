"""The ShopContext of a page: the language of its address, the currency of the `currency` cookie."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from shop.core.api.context import CURRENCY_COOKIE
from shop.core.context import ShopContext


def page_context(request: HttpRequest) -> ShopContext:
    """A currency that is not sold in counts as none: an old cookie must not break a page."""
    return ShopContext.now(currency=page_currency(request), locale=page_locale())


def page_locale() -> str:
    """The language that the address named; the locale middleware has made it the active one."""
    active = get_language() or settings.LANGUAGE_CODE
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def page_currency(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(CURRENCY_COOKIE, "")
    return chosen if chosen in settings.CURRENCIES else settings.DEFAULT_CURRENCY
