"""How the API reads, answers and is read from other origins."""

from __future__ import annotations

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "shop.service_tokens.api.authentication.ServiceTokenAuthentication",
        "shop.core.api.authentication.BearerAuthentication",
        "shop.core.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["shop.core.api.renderers.JSONRenderer", "shop.core.api.renderers.XMLRenderer"],
    "DEFAULT_PARSER_CLASSES": ["shop.core.api.parsers.StrictJSONParser", "shop.core.api.parsers.XMLParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "shop.core.api.negotiation.Preferred",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_PAGINATION_CLASS": "shop.core.api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "shop.core.api.schema.ShopSchema",
    "EXCEPTION_HANDLER": "shop.core.api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

CORS_ALLOW_HEADERS = ("accept", "accept-language", "authorization", "content-type", "if-match",
                      "if-none-match", "idempotency-key", "x-cart-token", "x-complaint-token", "x-order-token",
                      "x-currency", "x-csrftoken", "x-preview-token")  # fmt: skip

CORS_EXPOSE_HEADERS = ["Content-Disposition", "Deprecation", "ETag", "Idempotent-Replayed", "Link", "RateLimit",
                       "RateLimit-Policy", "Retry-After", "Sunset", "WWW-Authenticate", "X-Cart-Token"]  # fmt: skip
