"""In which language the API speaks, problems included."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def locale_of(request) -> str:
    """`?lang=` where it is a language of the shop, else `Accept-Language`, else the shop's own. No cookie has a say:
    answers vary by `Accept-Language` alone."""
    return _chosen(request.GET.get("lang", ""), request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


@lru_cache(maxsize=500)
def _chosen(asked: str, accepted: str) -> str:
    known = dict(settings.LANGUAGES)
    if asked in known:
        return asked
    for code, _quality in parse_accept_lang_header(accepted):
        if code == "*":
            break
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def speak_as_asked(request: HttpRequest) -> str:
    """Activate the language of a call, whatever the thread's last request has left behind."""
    locale = locale_of(request)
    if get_language() != locale:
        activate(locale)
    return locale


def name_language(response: HttpResponseBase, locale: str) -> None:
    """A replayed answer keeps the language of the first one, which nobody knows any more."""
    if "Idempotent-Replayed" not in response.headers:
        response.headers.setdefault("Content-Language", locale)


class Languages(LocaleMiddleware):
    """Pages have their language in the path, and Django's middleware takes every other address for the default
    language's. The API is told in `?lang=` or `Accept-Language`."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.path_info.startswith("/api/"):
            super().process_request(request)
            return
        request.LANGUAGE_CODE = speak_as_asked(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return super().process_response(request, response)
        name_language(response, locale_of(request))
        patch_vary_headers(response, ("Accept-Language",))
        return response
