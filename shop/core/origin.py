"""Posts from our own pages only, where a page is the same for everybody and so carries no CSRF token.

The rule is that of Go's `http.CrossOriginProtection`: browsers say where a request comes from, and a program that says
nothing holds no cookies of anybody's.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def own_pages_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 403 to what another site's page sends; takes the place of the CSRF token."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in SAFE and not comes_from_here(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def comes_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")  # none: typed by the person, or opened again after a restart
    said = origin or request.headers.get("Referer")
    return said is None or urlsplit(said).netloc == request.get_host()
