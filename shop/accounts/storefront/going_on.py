"""Where somebody goes next: only within this shop."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def next_of(request: HttpRequest) -> str:
    """The `next` of a request if it stays on this host, else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if stays_here(request, wanted) else ""


def stays_here(request: HttpRequest, address: str) -> bool:
    is_address = address.startswith(("/", "http://", "https://"))  # `a:b` would be taken for the name of a route
    return is_address and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )


def go_on(request: HttpRequest, otherwise: str = "accounts:account") -> HttpResponse:
    return redirect(next_of(request) or reverse(otherwise))


def with_next(name: str, wanted: str) -> str:
    return reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else "")
