"""Who calls: a bearer token (allauth's JWT), or the site's own session with CSRF enforced."""

from __future__ import annotations

from allauth.headless.contrib.rest_framework.authentication import JWTTokenAuthentication
from rest_framework import authentication


class BearerAuthentication(JWTTokenAuthentication):
    """401 with `WWW-Authenticate: Bearer` for a token that is expired, tampered with or revoked."""

    def authenticate_header(self, request) -> str:
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's own session. CSRF is enforced for signed-in callers; guests carry no authority in a cookie."""
