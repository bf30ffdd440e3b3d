from __future__ import annotations

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentSecurity(CSPMiddleware):
    """django-csp puts the policy together anew for every answer, which takes as long as all other middleware. Where
    no view has changed it and no nonce was asked for, it is the same text for all."""

    def __init__(self, get_response) -> None:
        super().__init__(get_response)
        self.policy = build_policy()
        self.excluded = tuple(settings.CONTENT_SECURITY_POLICY.get("EXCLUDE_URL_PREFIXES", ()))
        self.reports = bool(getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None))

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if self.reports or "_csp_nonce" in vars(request) or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        if HEADER not in response.headers and not request.path_info.startswith(self.excluded):
            response.headers[HEADER] = self.policy
        request.csp_nonce = _TooLate()  # type: ignore[attr-defined]
        return response


class _TooLate:
    """A nonce that is asked for when the header has been written would allow nothing."""

    def __str__(self) -> str:
        CSPMiddleware._csp_nonce_post_response()
        return ""

    def __bool__(self) -> bool:
        return False
