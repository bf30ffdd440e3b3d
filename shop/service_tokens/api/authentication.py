"""`Authorization: Bearer est_…`: another system calls. A view names the scope that its calls need; without: none may."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from shop.core.api.scopes import scope_of
from shop.core.errors import NotAllowed
from shop.service_tokens.rules import PREFIX, is_within
from shop.service_tokens.services.recognize_token import recognize_token


class ServiceTokenAuthentication(authentication.BaseAuthentication):
    """The one place where scopes are enforced, for every view."""

    asks_for_scopes = True

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not secret.strip().startswith(PREFIX):
            return None
        token = recognize_token(secret=secret.strip(), at=timezone.now())
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is not valid."))
        wanted = scope_of(request.parser_context["view"], request)
        if wanted is None:
            raise NotAllowed(_("No service token may do this."), code="not_for_services")
        if not is_within(token.scopes, wanted):
            raise NotAllowed(_("The token lacks the scope “%(scope)s”.") % {"scope": wanted}, code="scope_missing")
        return token.account, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ServiceTokenScheme(OpenApiAuthenticationExtension):
    target_class = ServiceTokenAuthentication
    name = "service"

    def get_security_requirement(self, auto_schema):
        """Only where the view names a scope."""
        named = getattr(auto_schema.view, "service_scopes", {}).get(auto_schema.method)
        return {self.name: []} if named else None

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "bearerFormat": "est_…", "description": "See docs/api/services.md."}
