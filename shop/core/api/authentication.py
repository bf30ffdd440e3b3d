"""Who calls: a bearer token (allauth's JWT), or the site's own session with CSRF enforced."""

from __future__ import annotations

from allauth.headless import app_settings
from allauth.headless.contrib.rest_framework.authentication import JWTTokenAuthentication
from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions


class BearerAuthentication(JWTTokenAuthentication):
    """401 with `WWW-Authenticate: Bearer` for a token that is expired, tampered with or revoked."""

    def authenticate_credentials(self, key: str):
        """Asks the token strategy of the settings, which reads the session's row and not a cache of it."""
        found = app_settings.TOKEN_STRATEGY.authenticate(key)
        if found is None:
            raise exceptions.AuthenticationFailed(_("This token is not valid. Sign in again."))
        return found

    def authenticate_header(self, request) -> str:
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's own session. CSRF is enforced for signed-in callers; guests carry no authority in a cookie."""
