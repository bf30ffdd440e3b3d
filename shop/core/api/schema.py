"""The OpenAPI document: what every operation may answer, beyond what its view declares, follows from the code."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework.authentication import SessionAuthentication
from rest_framework.test import APIRequestFactory

from shop.core.api.pagination import Pages, paginate
from shop.core.api.preconditions import matching
from shop.core.api.problem_schema import CART_TOKEN, PROBLEM, REPLAYED, documented_problem, headers_of
from shop.core.api.read_pages import paginate_read
from shop.core.api.refusals import Named, Reading, reading_of
from shop.core.api.sparse import members_of

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of what was read: 412 where it has been changed since. `*`: whatever it is now.",
)
FIELDS = OpenApiParameter(
    "fields", {"type": "string", "minLength": 1}, description="Only these members, with commas between: `id,name`."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of what is known already: 304 where it still holds.",
)
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def only_shop_paths(endpoints, **kwargs):
    """Wagtail's admin brings DRF views of its own; the document describes the shop's API alone."""
    return [entry for entry in endpoints if entry[0].startswith("/api/")]


class ShopSchema(AutoSchema):
    """Adds the problems (statuses with their codes) and the headers of every answer."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        responses = super()._get_response_bodies(direction)
        if direction != "response":
            return responses
        self.registry.register_on_missing(
            ResolvedComponent("Problem", ResolvedComponent.SCHEMA, schema=PROBLEM, object="Problem")
        )
        for status, codes in sorted(self._problems().items()):
            said = responses.get(str(status), {}).get("description", "")
            responses[str(status)] = documented_problem(status, codes, said)
        if self.method == "GET" and "200" in responses:
            responses["304"] = {"description": "What the client knows already still holds"}
        for code, response in responses.items():
            if headers := headers_of(code, self.method) | self._own_headers(code):
                response["headers"] = {**headers, **response.get("headers", {})}
        return dict(sorted(responses.items()))

    def _own_headers(self, code: str) -> dict[str, Any]:
        """Of what was written: that the answer is a repeated one, and the token of a guest's new cart."""
        if not code.startswith("2") or self.method != "POST":
            return {}
        names = {getattr(parameter, "name", "") for parameter in self.get_override_parameters()}
        replayed = {"Idempotent-Replayed": REPLAYED} if "Idempotency-Key" in names else {}
        return replayed | ({"X-Cart-Token": CART_TOKEN} if getattr(self.view, "gives_cart_token", False) else {})

    def _reading(self) -> Reading:
        return reading_of(type(self.view), self.method.lower())  # type: ignore[arg-type]

    def _get_paginator(self):
        """Views that call `paginate` are paged too, without being REST framework's generic ones."""
        return Pages() if {paginate, paginate_read, Pages} & self._reading().functions else super()._get_paginator()

    def _get_request_body(self, direction: Any = "request"):
        """A `DELETE` whose view declares what it reads has a body; a `PATCH` whose serializer `needs_all` is a step, and
        no part of something."""
        method = self.method
        declared = self.get_request_serializer() if method in ("DELETE", "PATCH") else None
        if declared is not None and (method == "DELETE" or getattr(declared, "needs_all", False)):
            self.method = "POST"
        try:
            return super()._get_request_body(direction)
        finally:
            self.method = method

    def _get_serializer(self):
        """Nobody guesses what a `DELETE` reads: it is declared, or it is nothing."""
        return None if self.method == "DELETE" else super()._get_serializer()

    def get_auth(self) -> list[dict[str, Any]]:
        """Whether a stranger may call is asked of the permissions themselves."""
        found = [one for one in super().get_auth() if one]
        return [*found, {}] if self._is_open() else found

    def _is_open(self) -> bool:
        request = APIRequestFactory().generic(self.method, self.path)
        request.user = AnonymousUser()
        return all(one.has_permission(request, self.view) for one in self.view.get_permissions())

    def get_override_parameters(self):
        """Headers that what the view calls will read."""
        known = super().get_override_parameters()
        found = self._reading().functions
        more = [IF_MATCH] if matching in found else [IF_NONE_MATCH] if self.method == "GET" else []
        if self.method == "GET" and not getattr(self.view, "has_own_fields", False) and members_of(type(self.view)):
            more.append(FIELDS)
        return [*known, *more]

    def _problems(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for status, code in (*self._of_every_view(), *self._reading().refusals):
            found.setdefault(status, set()).add(code)
        return found

    def _without_scope(self) -> Named:
        named = getattr(self.view, "service_scopes", {}).get(self.method)
        return (403, "scope_missing" if named else "not_for_services")

    def _of_every_view(self) -> list[Named]:
        view, unsafe = self.view, self.method in UNSAFE
        authenticators, paths = view.get_authenticators(), "{" in self.path
        named = {getattr(one, "name", "") for one in self.get_override_parameters()}
        by_session = any(isinstance(one, SessionAuthentication) for one in authenticators)
        with_body = self._get_request_body() is not None
        return [
            *([(401, "not_authenticated")] if authenticators else []),
            *([(403, "not_allowed")] if not self._is_open() or (by_session and unsafe) else []),
            *([self._without_scope()] if any(getattr(one, "asks_for_scopes", False) for one in authenticators) else []),
            *([(404, "not_found")] if paths else []),
            *([(404, "not_found"), (400, "invalid")] if self._get_paginator() and self._is_list_view() else []),
            *([(400, "invalid")] if named else []),
            *([(404, "not_found")] if "page" in named else []),
            *(BODY if with_body else []),
            (406, "not_acceptable"),
        ]


BODY: list[Named] = [
    (400, "invalid"),
    (400, "malformed_json"),
    (400, "malformed_xml"),
    (411, "length_required"),
    (413, "too_large"),
    (415, "unsupported_media_type"),
]


def tell_lists_to_xml(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """How lists stand in XML: an element for the list, `<list-item>` for each of it."""
    for schema in result.get("components", {}).get("schemas", {}).values():
        for member in schema.get("properties", {}).values():
            if member.get("type") == "array":
                member["xml"] = {"wrapped": True}
                if "$ref" not in member.get("items", {}):
                    member.setdefault("items", {})["xml"] = {"name": "list-item"}
    return result


class DigitsField(OpenApiSerializerFieldExtension):
    target_class = "shop.core.api.fields.Digits"

    def map_serializer_field(self, auto_schema, direction):
        said = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        return said | ({"type": ["string", "integer"]} if direction == "request" else {})


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
