"""What the account pages share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.accounts.storefront.forms import show_refusal
from shop.core.errors import NotThere, Refusal

Page = Callable[..., HttpResponse]


def page(*methods: str, signed_in: bool = False) -> Callable[[Page], Page]:
    """A page about one person: never cached; `signed_in` sends strangers to the sign-in."""

    def decorate(view: Page) -> Page:
        guarded = login_required(view) if signed_in else view
        return functools.wraps(view)(never_cache(require_http_methods(methods or ("GET", "HEAD", "POST"))(guarded)))

    return decorate


def try_form(request: HttpRequest, form: forms.Form, do: Callable[..., Any]) -> Refusal | bool:
    """Call the use case with what a valid form holds. True when it did it; else the form shows why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        do(**form.cleaned_data)
    except NotThere:
        raise
    except Refusal as refusal:
        show_refusal(form, refusal)
        return refusal
    return True


def show(request: HttpRequest, template: str, context: dict[str, Any], outcome: Refusal | bool = False) -> HttpResponse:
    """Render, with the status of a refusal: 429 carries Retry-After, a form with errors is a 200 or its own status."""
    refusal = outcome if isinstance(outcome, Refusal) else None
    status = 429 if refusal and refusal.status == 429 else 200
    response = render(request, f"accounts/{template}.html", context, status=status)
    if refusal and hasattr(refusal, "retry_after"):
        response["Retry-After"] = str(refusal.retry_after)
    return response
