"""RFC 9457 problem documents: one shape for every error of the API."""

from __future__ import annotations

import http
import math
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from shop.core.api.rate_limits import limit_headers
from shop.core.api.renderers import JSONRenderer
from shop.core.errors import Refusal
from shop.core.limits import TooMany

CONTENT_TYPE, XML_CONTENT_TYPE = "application/problem+json", "application/problem+xml"
CODES = {400: "bad_request", 401: "not_authenticated", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed",
         406: "not_acceptable", 411: "length_required", 412: "precondition_failed", 413: "too_large", 415: "unsupported_media_type", 429: "too_many_requests"}  # fmt: skip


class NotJSON(exceptions.ParseError):
    default_code = "malformed_json"


class MalformedXML(exceptions.ParseError):
    default_code = "malformed_xml"


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = _("The body is larger than 2 MB.")
    default_code = "too_large"


def problem(status: int, *, code: str = "", detail: Any = "", errors: Mapping | None = None, **members: Any) -> dict:
    """The document itself. `members` are extension members, named in docs/api."""
    document = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "detail": str(detail),
        "code": code or CODES.get(status, "error"),
    }
    if errors:
        document["errors"] = errors
    return document | members


class ProblemResponse(Response):
    """Says what it is in the format that was negotiated; where none could be, or one of a document's own, in JSON."""

    is_problem = True

    @property
    def rendered_content(self) -> bytes:  # type: ignore[override]
        is_xml = self.accepted_renderer.format == "xml"
        if not is_xml:
            self.accepted_renderer = JSONRenderer()
        self.content_type = XML_CONTENT_TYPE if is_xml else CONTENT_TYPE
        return super().rendered_content


def response(status: int, *, headers: Mapping[str, str] | None = None, **kwargs: Any) -> Response:
    return ProblemResponse(problem(status, **kwargs), status=status, headers=dict(headers or {}))


def handle(error: Exception, context: dict) -> Response | None:
    """DRF's exception handler. What it does not know becomes a 500 of Django's own (see `server_error`)."""
    from rest_framework.views import set_rollback

    set_rollback()
    if isinstance(error, Refusal):
        return _refused(error)
    if isinstance(error, DjangoValidationError):
        return response(400, code="invalid", detail=_("Some fields are not right."), errors=_messages(error))
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, RequestDataTooBig):
        error = TooLarge()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.ValidationError):
        return response(400, code="invalid", detail=_("Some fields are not right."), errors=_flatten(error.detail))
    if isinstance(error, exceptions.APIException):
        return _api_exception(error)
    return None


def _refused(error: Refusal) -> Response:
    errors = {field: [str(message) for message in messages] for field, messages in error.errors.items()}
    headers = {"Retry-After": str(error.retry_after)} if hasattr(error, "retry_after") else {}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooMany) and error.standing is not None:
        headers |= limit_headers([error.standing])
    return response(error.status, headers=headers, code=error.code, detail=error.detail, errors=errors, **error.members)


def _api_exception(error: exceptions.APIException) -> Response:
    headers = {}
    if asked := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = asked
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(max(1, math.ceil(wait)))
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else ""
    known = {"parse_error": "bad_request", "error": "bad_request", "permission_denied": "not_allowed", "throttled": "too_many_requests",
             "authentication_failed": "not_authenticated"}  # fmt: skip
    return response(error.status_code, headers=headers, code=known.get(code, code), detail=error.detail)


def _messages(error: DjangoValidationError) -> dict:
    if hasattr(error, "error_dict"):
        return {
            ("non_field_errors" if field == "__all__" else field): list(errors)
            for field, errors in error.message_dict.items()
        }
    return {"non_field_errors": list(error.messages)}


def _flatten(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    """Nested errors by dotted path: `{"address": {"pincode": [...]}}` → `{"address.pincode": [...]}`."""
    if isinstance(detail, Mapping):
        flat: dict[str, list[str]] = {}
        for field, inner in detail.items():
            flat |= _flatten(inner, f"{prefix}.{field}" if prefix else str(field))
        return flat
    items = detail if isinstance(detail, list) else [detail]
    if any(isinstance(item, (Mapping, list)) for item in items):
        flat = {}
        for index, inner in enumerate(items):
            flat |= _flatten(inner, f"{prefix}.{index}") if inner else {}
        return flat
    return {prefix or "non_field_errors": [str(item) for item in items]}
