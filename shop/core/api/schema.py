"""The OpenAPI document: what every operation may answer, beyond what its view declares, follows from the code."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny

from shop.core.api.problem_schema import PROBLEM, documented_problem, headers_of
from shop.core.api.refusals import Named, refusals_of

UNSAFE, WITH_BODY = ("POST", "PUT", "PATCH", "DELETE"), ("POST", "PUT", "PATCH")


def only_shop_paths(endpoints, **kwargs):
    """Wagtail's admin and its API v2 bring DRF views of their own; the document describes the shop's API alone."""
    return [entry for entry in endpoints if entry[0].startswith("/api/") and not entry[0].startswith("/api/pages/")]


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
        for status, response in responses.items():
            if headers := headers_of(status, self.method):
                response["headers"] = {**headers, **response.get("headers", {})}
        return dict(sorted(responses.items()))

    def _problems(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for status, code in (*self._of_every_view(), *refusals_of(type(self.view), self.method.lower())):
            found.setdefault(status, set()).add(code)
        return found

    def _of_every_view(self) -> list[Named]:
        view, unsafe = self.view, self.method in UNSAFE
        authenticators, paths = view.get_authenticators(), "{" in self.path
        open_to_all = any(isinstance(one, AllowAny) for one in view.get_permissions())
        by_session = any(isinstance(one, SessionAuthentication) for one in authenticators)
        with_body = self._get_request_body() is not None if self.method in WITH_BODY else False
        return [
            *([(401, "not_authenticated")] if authenticators else []),
            *([(403, "not_allowed")] if not open_to_all or (by_session and unsafe) else []),
            *([(404, "not_found")] if paths else []),
            *([(404, "not_found"), (400, "invalid")] if self._get_paginator() and self._is_list_view() else []),
            *([(400, "invalid")] if self.get_override_parameters() else []),
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
