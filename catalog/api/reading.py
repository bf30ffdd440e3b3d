"""Public reads without the machinery of REST framework: the catalogue hands over JSON text, and it goes out as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.views import APIView

from shop.core.api.conditional import in_xml, is_known, not_modified, tag_of
from shop.core.api.negotiation import JSON, XML, preferred_format
from shop.core.api.problems import CONTENT_TYPE, XML_CONTENT_TYPE, problem
from shop.core.api.public_reads import read_by_anyone
from shop.core.api.sparse import asked_members, members_of, thin
from shop.core.api.xml import to_xml
from shop.core.errors import NotThere, Refusal

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
            return answer(request, lambda: self._thinned(request, **kwargs))
        return super().dispatch(request, *args, **kwargs)

    shape: type[serializers.Serializer] | None = None  # what `?fields=` may name, if not what `get` declares
    has_own_fields = False  # `?fields=` is read by the view itself

    def is_public(self, request: HttpRequest) -> bool:
        return True

    def _thinned(self, request: HttpRequest, **kwargs: Any) -> str:
        if "fields" not in request.GET or self.has_own_fields:
            return self.read(request, **kwargs)
        names = asked_members(request, members_of(type(self)))
        return json.dumps(thin(json.loads(self.read(request, **kwargs)), names), ensure_ascii=False)

    def read(self, request: HttpRequest, **kwargs: Any) -> str:
        """JSON text. Raises Refusal."""
        raise NotImplementedError


def answer(request: HttpRequest, read: Callable[[], str]) -> HttpResponse:
    """200 with an ETag, 304 where the client has it already, or the problem document. JSON or XML."""
    spoken = preferred_format(request)
    try:
        _refuse_other_formats(spoken)
        text = read()
    except Refusal as refused:
        return refusal(refused, xml=spoken == XML)
    body = text.encode() if spoken == JSON else to_xml(json.loads(text)).encode()
    tag = tag_of(text.encode())
    headers = {"ETag": tag if spoken == JSON else in_xml(tag), "Cache-Control": CACHE_CONTROL, "Vary": VARY}
    if is_known(request, headers["ETag"]):
        return not_modified(headers)
    return HttpResponse(body, content_type=spoken, headers=headers)


def refusal(refused: Refusal, *, xml: bool = False) -> HttpResponse:
    errors = {field: [str(message) for message in messages] for field, messages in refused.errors.items()}
    document = problem(refused.status, code=refused.code, detail=refused.detail, errors=errors, **refused.members)
    body = to_xml(document, root="problem") if xml else json.dumps(document, ensure_ascii=False)
    content_type = XML_CONTENT_TYPE if xml else CONTENT_TYPE
    return HttpResponse(body, status=refused.status, content_type=content_type, headers={"Vary": VARY})


def storable_id(number: int) -> int:
    """Raises NotThere for an id that no row can have."""
    if not 0 < number <= MAX_ID:
        raise NotThere
    return number


class NotAcceptable(Refusal):
    status = 406
    code = "not_acceptable"


def _refuse_other_formats(spoken: str | None) -> None:
    if spoken is None:
        raise NotAcceptable(_("The answer can be had as application/json or application/xml."))
