"""Callers that never die: whatever a case does to an account, the next call comes from a living one of the same role."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from shop.accounts import roles
from shop.accounts.models import User
from shop.accounts.token_strategy import tokens
from tests.factories.people import make_address, make_user

IDENTITIES = ("guest", "customer", "merchandiser", "support", "vendor", "admin")
PREFIX = "Bearer fuzz-"
_numbers = itertools.count(1)


class LivingCallers:
    """WSGI: `Authorization: Bearer fuzz-<role>` becomes a token of a user of that role, made anew where the last is gone."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.known: dict[str, tuple[int, str]] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        said = environ.get("HTTP_AUTHORIZATION", "")
        if said.startswith(PREFIX) and said.removeprefix(PREFIX) in IDENTITIES:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.token_of(said.removeprefix(PREFIX))}"
        return self.application(environ, start_response)

    def token_of(self, role: str) -> str:
        user_id, token = self.known.get(role, (0, ""))
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if user is None or roles.role_of(user) != role:
            user = self.known_user(role)
        elif tokens().authenticate(token):
            return token
        self.known[role] = (user.pk, tokens().issue(user).access)
        return self.known[role][1]

    def known_user(self, role: str) -> User:
        user = make_user(f"fuzz-{role}-{next(_numbers)}", role=role)
        make_address(user)
        return user
