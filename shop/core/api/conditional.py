"""ETags: what a client has already is not sent again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

UNNAMED = "private, no-cache"  # may be kept by the client itself, and is asked for anew


def tag_of(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def in_xml(tag: str) -> str:
    """The tag of the same thing in XML: other bytes, so another tag."""
    return f'{tag[:-1]}-xml"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether `If-None-Match` names the tag; compared weakly, as RFC 9110 has it for reads."""
    known = request.META.get("HTTP_IF_NONE_MATCH")
    return known is not None and (
        known.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in known.split(",")}
    )


def not_modified(headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(status=304, headers=headers)
    del response.headers["Content-Type"]
    return response


class TagReads:
    """Gives the reads of the API an ETag, and answers 304. What says `no-store` is nobody's to keep."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or not request.path_info.startswith("/api/"):
            return response
        if response.status_code != 200 or response.streaming or not isinstance(response, HttpResponse):
            return response
        return _tagged(request, response)


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", UNNAMED)
    if "no-store" in response.headers["Cache-Control"]:
        return response
    if "ETag" not in response.headers:
        response.headers["ETag"] = tag_of(response.content)
    if not is_known(request, response.headers["ETag"]):
        return response
    kept = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary") if name in response.headers}
    answer = not_modified(kept)
    answer.cookies = response.cookies
    return answer
