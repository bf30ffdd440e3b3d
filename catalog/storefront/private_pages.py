"""Pages of one shopper: what is not there, or not theirs, is a 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from shop.accounts.models import User
from shop.accounts.storefront import pages
from shop.core.errors import NotThere

Page = Callable[..., HttpResponse]


def page(*methods: str, signed_in: bool = False) -> Callable[[Page], Page]:
    def decorate(view: Page) -> Page:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except NotThere:
                raise Http404 from None

        return pages.page(*methods, signed_in=signed_in)(answer)

    return decorate


def person_of(request: HttpRequest) -> User:
    """Who looks at a page that is `signed_in`."""
    return cast(User, request.user)
