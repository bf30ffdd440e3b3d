"""Reads of the API that are the same for everyone or show a token, and messages that prove themselves, take a short way
through the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from rest_framework.views import APIView

from shop.core.api.language import name_language, speak_as_asked
from shop.core.api.sparse import thinned

View = Callable[..., HttpResponseBase]


def read_by_anyone(view: View) -> View:
    """Mark a view whose GET and HEAD need neither session nor CSRF cookie, messages or a language in the path."""
    view.short_way_for = ("GET", "HEAD")  # type: ignore[attr-defined]
    return view


def signed_by_sender(view: View) -> View:
    """Mark a view whose POST is believed for the signature over its body alone: it needs as little."""
    view.short_way_for = ("POST",)  # type: ignore[attr-defined]
    return view


class PublicReads:
    """Goes past all middleware that follows in the list, which costs more than to read 24 products from the database:

    - a request without credentials, to a view that is marked for it;
    - a read that shows a bearer token. REST framework lets it in by that token or not at all, never by the cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        match = _short_way(request)
        if match is None:
            return self.get_response(request)
        request.get_host()  # refuses the hosts that CommonMiddleware would
        request.resolver_match = match
        request.user = AnonymousUser()
        locale = speak_as_asked(request)
        response = match.func(request, *match.args, **match.kwargs)
        if hasattr(response, "render") and not response.is_rendered:
            response = thinned(request, response)
            response.render()
        name_language(response, locale)
        patch_vary_headers(response, ["Accept-Language"])
        if not response.streaming and "Content-Length" not in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _short_way(request: HttpRequest):
    """The view to call, None for everything that goes the whole way."""
    if request.method not in ("GET", "HEAD", "POST") or not request.path_info.startswith("/api/"):
        return None
    shown = request.META.get("HTTP_AUTHORIZATION")
    if shown is None and settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    if shown is not None and (request.method == "POST" or not shown.lower().startswith("bearer ")):
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    return match if _is_for(match.func, request, bool(shown)) else None


def _is_for(view: Any, request: HttpRequest, signed_in: bool) -> bool:
    if request.method in getattr(view, "short_way_for", ()):
        return True
    speaks = getattr(getattr(view, "cls", None), "renderer_classes", None)
    return signed_in and speaks == APIView.renderer_classes  # none of HTML, which has headers of its own
