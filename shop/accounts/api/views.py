"""What the views of this door share."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.sessions.backends.base import SessionBase
from django.utils.functional import cached_property
from rest_framework import permissions, serializers
from rest_framework.views import APIView

from shop.accounts.models import User
from shop.accounts.token_strategy import tokens

# No docstrings on these classes: the OpenAPI document would show them at every call of their children.


class PersonalView(APIView):
    # Answers about one person: never kept by a cache on the way.

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    @property
    def me(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def session(self) -> SessionBase | None:
        """The session behind the caller: its tokens' family, or the browser's. None for who is not signed in by one."""
        if self.request.auth is None:
            return self.request._request.session
        return tokens().session_of(self.request.auth)

    @property
    def session_key(self) -> str | None:
        """Of the same, without reading it."""
        if self.request.auth is None:
            return self.request._request.session.session_key
        return tokens().key_of(self.request.auth)

    def read(self, serializer: type[serializers.Serializer], **options: Any) -> dict[str, Any]:
        """The body, checked. Raises DRF's ValidationError."""
        body = serializer(data=self.request.data, **options)
        body.is_valid(raise_exception=True)
        return body.validated_data


class SharedView(PersonalView):
    # One address for strangers, who may POST, and for those whom `permission_classes` let in. What it does not know is
    # answered by 405, whoever asks.

    def get_authenticators(self):
        return [] if self._is_for_all() else super().get_authenticators()

    def get_permissions(self):
        return [permissions.AllowAny()] if self._is_for_all() else super().get_permissions()

    def _is_for_all(self) -> bool:
        method = getattr(self.request, "method", "")
        return method == "POST" or (method not in self.allowed_methods and method != "HEAD")


class OpenView(PersonalView):
    # For anyone. Who has an old token in the header is not refused for it.

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
