from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension


def only_shop_paths(endpoints, **kwargs):
    """Wagtail's admin brings DRF views of its own; the document describes the shop's API alone."""
    return [entry for entry in endpoints if entry[0].startswith("/api/")]


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "shop.core.api.authentication.BearerAuthentication"
    name = "bearer"
    priority = 1

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "shop.core.api.authentication.SessionAuthentication"
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "With X-CSRFToken to write."}
