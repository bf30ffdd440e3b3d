"""Public reads without the machinery of REST framework: the catalogue hands over JSON text, and it goes out as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.views import APIView

from shop.core.api.problems import CONTENT_TYPE, problem
from shop.core.api.public_reads import read_by_anyone
from shop.core.errors import NotThere, Refusal

JSON = "application/json"
CACHE_CONTROL = "public, max-age=0, must-revalidate"  # stock is live: keep it, but ask whether it still holds
VARY = "Accept, Accept-Language, X-Currency"
MAX_ID = 2**63 - 1


class PublicReadView(APIView):
    """`GET` and `HEAD` are answered by `read`, for anyone and unparsed; everything else goes the way of DRF. Its `get`
    serves the reads that are not public, and documents all of them."""

    @classmethod
    def as_view(cls, **initial: Any) -> Callable[..., HttpResponseBase]:  # type: ignore[override]
        return read_by_anyone(super().as_view(**initial))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and self.is_public(request):
            return answer(request, lambda: self.read(request, **kwargs))
        return super().dispatch(request, *args, **kwargs)

    def is_public(self, request: HttpRequest) -> bool:
        return True

    def read(self, request: HttpRequest, **kwargs: Any) -> str:
        """JSON text. Raises Refusal."""
        raise NotImplementedError


def answer(request: HttpRequest, read: Callable[[], str]) -> HttpResponse:
    """200 with an ETag, 304 where the client has it already, or the problem document."""
    try:
        _refuse_other_formats(request)
        body = read().encode()
    except Refusal as refused:
        return refusal(refused)
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": VARY}
    if is_known(request, tag):
        response = HttpResponse(status=304, headers=headers)
        del response.headers["Content-Type"]
        return response
    return HttpResponse(body, content_type=JSON, headers=headers)


def is_known(request: HttpRequest, tag: str) -> bool:
    known = request.META.get("HTTP_IF_NONE_MATCH")
    return known is not None and (
        known.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in known.split(",")}
    )


def refusal(refused: Refusal) -> HttpResponse:
    errors = {field: [str(message) for message in messages] for field, messages in refused.errors.items()}
    document = problem(refused.status, code=refused.code, detail=refused.detail, errors=errors, **refused.members)
    body = json.dumps(document, ensure_ascii=False)
    return HttpResponse(body, status=refused.status, content_type=CONTENT_TYPE, headers={"Vary": VARY})


def storable_id(number: int) -> int:
    """Raises NotThere for an id that no row can have."""
    if not 0 < number <= MAX_ID:
        raise NotThere
    return number


class NotAcceptable(Refusal):
    status = 406
    code = "not_acceptable"


def _refuse_other_formats(request: HttpRequest) -> None:
    accepted = request.META.get("HTTP_ACCEPT") or "*/*"
    if "json" not in accepted and "*/*" not in accepted and "application/*" not in accepted:
        raise NotAcceptable(_("The answer can be had as application/json."))
