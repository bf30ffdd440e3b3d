"""Bodies whose length nobody told."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from shop.core.api.language import name_language, speak_as_asked
from shop.core.api.problems import CONTENT_TYPE, problem

DETAIL = _("Send the body with a Content-Length; chunked bodies are not read.")


class RefuseUnknownLength:
    """Django reads a chunked body as an empty one: better a refusal than an act on nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_chunked(request):
            return self.get_response(request)
        locale = speak_as_asked(request)
        refusal = JsonResponse(problem(411, detail=DETAIL), status=411, content_type=CONTENT_TYPE)
        name_language(refusal, locale)
        return refusal


def _is_chunked(request: HttpRequest) -> bool:
    told = request.META
    chunked = "HTTP_TRANSFER_ENCODING" in told and not told.get("CONTENT_LENGTH")
    return chunked and request.path_info.startswith("/api/")
