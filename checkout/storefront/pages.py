"""What the pages of this wing share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.storefront.seo import seo
from shop.core.errors import NotThere, Refusal

Page = Callable[..., HttpResponse]


class SeeOther(HttpResponseRedirect):
    """After a post: get the other page."""

    status_code = 303


def see_other(to: str, *args: Any) -> SeeOther:
    return SeeOther(resolve_url(to, *args))


def page(*methods: str, signed_in: bool = False) -> Callable[[Page], Page]:
    """A page of one shopper: never cached. What is not there, or not theirs, is a 404."""

    def decorate(view: Page) -> Page:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except NotThere:
                raise Http404 from None

        guarded = login_required(answer) if signed_in else answer
        return functools.wraps(view)(never_cache(require_http_methods(methods or ("GET", "HEAD", "POST"))(guarded)))

    return decorate


def show(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """Render a private page: its title, and nothing for search engines."""
    return render(request, template, {"seo": seo(title, noindex=True), **context}, status=status)


def say(refusal: Refusal) -> str:
    """A refusal in one sentence, fields and all."""
    told = [str(message) for messages in refusal.errors.values() for message in messages]
    return " ".join(told) or str(refusal.detail)
