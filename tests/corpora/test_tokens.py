"""Promise A3 and forged tokens, on every route: what does not hold opens nothing, anywhere, and writes nothing.

What each kind is in detail: tests/accounts/test_api_tokens.py."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import jwt
import pytest
import time_machine
from allauth.headless.tokens.strategies.jwt import internal
from cryptography.hazmat.primitives import serialization
from django.test import override_settings
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from shop.accounts.models import User
from shop.accounts.token_strategy import Tokens, tokens
from shop.settings import demo
from tests.factories.people import PASSWORD, JSONClient, client_of, make_user
from tests.permissions.world import World, undone, written

STRONG = "battery correct staple"


def _b64(value: bytes | dict) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _payload(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


def _unsigned(pair: Tokens) -> str:
    return f"{_b64({'alg': 'none', 'typ': 'JWT'})}.{_b64(_payload(pair.access))}."


def _signed_by_the_public_key(pair: Tokens) -> str:
    pem, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    public = internal._get_jwt_config().verifying_key.public_bytes(pem, form)
    head = f"{_b64({'alg': 'HS256', 'typ': 'JWT'})}.{_b64(_payload(pair.access))}"
    return f"{head}.{_b64(hmac.new(public, head.encode(), hashlib.sha256).digest())}"


def _tampered(pair: Tokens) -> str:
    head, _body, signature = pair.access.split(".")
    return f"{head}.{_b64(_payload(pair.access) | {'exp': 9_999_999_999})}.{signature}"


def _expired(user: User) -> str:
    with time_machine.travel(timezone.now() - timedelta(seconds=301)):
        return tokens().issue(user).access


def _of_a_refresh_used_twice(user: User) -> str:
    pair = tokens().issue(user)
    again = [JSONClient().post("/api/self/refresh/", {"refresh": pair.refresh}) for _ in range(2)]
    assert [answer.status_code for answer in again] == [200, 401]
    return again[0].json()["access"]


def _signed_out(user: User) -> str:
    pair = tokens().issue(user)
    assert JSONClient().post("/api/self/logout/", {"refresh": pair.refresh}).status_code == 204
    return pair.access


def _before_a_new_password(user: User) -> str:
    access, body = tokens().issue(user).access, {"old_password": PASSWORD, "new_password": STRONG}
    assert client_of(user).post("/api/self/password/", body).status_code == 204
    return access


def _of_a_disabled_account(user: User) -> str:
    access = tokens().issue(user).access
    User.objects.filter(pk=user.pk).update(is_active=False)
    return access


FORGED: dict[str, Callable[[Tokens], str]] = {
    "unsigned": _unsigned,
    "signed by the public key": _signed_by_the_public_key,
    "signed by a key of somebody's own": lambda pair: jwt.encode(
        _payload(pair.access), demo.make_private_key(), algorithm="RS256"
    ),
    "a refresh token": lambda pair: pair.refresh,
    "tampered with": _tampered,
    "no token": lambda pair: f"{pair.access}x",
}
ENDED: dict[str, Callable[[User], str]] = {
    "expired": _expired,
    "of a refresh used twice": _of_a_refresh_used_twice,
    "signed out": _signed_out,
    "before a new password": _before_a_new_password,
    "of a disabled account": _of_a_disabled_account,
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), undone(), override_settings(SMS_URL="console://"):
        yield World()


@pytest.fixture(scope="module")
def bad(world) -> dict[str, str]:
    """Of administrators, to whom every route would be open."""
    pair = tokens().issue(make_user("holder", role="admin"))
    ended = {kind: make(make_user(kind.replace(" ", "-"), role="admin")) for kind, make in ENDED.items()}
    return {kind: make(pair) for kind, make in FORGED.items()} | ended


def _routes(*methods: str) -> Iterator[tuple[str, str]]:
    """Those that ask who calls: a sign-in, a message signed by its sender and the like do not."""
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    for path, _regex, method, callback in generator.endpoints:
        view = callback.cls()
        view.request = SimpleNamespace(method=method)
        if method in methods and view.get_authenticators():
            yield method, path


def _answer(world: World, method: str, path: str, token: str = "") -> tuple[int, bytes]:
    client = JSONClient(raise_request_exception=False)
    if token:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    answer = client.generic(method, world.url(path, "other"), b"{}" if method != "GET" else b"", "application/json")
    if answer.status_code == 401:
        assert answer["WWW-Authenticate"] == "Bearer"
    return answer.status_code, b"" if answer.streaming else answer.content


def test_none_of_them_reads_anything(world, bad):
    """What everybody may read, guests too, may be read with any token: nobody looks at it then."""
    before, routes, let_in, public = written(), list(_routes("GET")), [], 0
    for _get, path in routes:
        told = {kind: _answer(world, "GET", path, token) for kind, token in bad.items()}
        if all(status == 401 for status, _body in told.values()):
            continue
        public, guests = public + 1, _answer(world, "GET", path)
        let_in += [(path, kind) for kind, one in told.items() if one != guests]
    assert let_in == []
    assert len(routes) - public > 35 and written() == before


def test_none_of_them_writes_anything(world, bad):
    """Each write is tried with two kinds in turn; those that would do most harm with all."""
    before, kinds, routes = written(), [*bad], list(_routes("POST", "PUT", "PATCH", "DELETE"))
    harm = [
        one for one in routes if one[1].startswith(("/api/users/{", "/api/order/{", "/api/self/mfa/", "/api/price/"))
    ]
    turns = [(one, kinds[(number + step * 5) % len(kinds)]) for number, one in enumerate(routes) for step in (0, 1)]
    tried = [*turns, *((one, kind) for one in harm for kind in kinds)]
    assert [(one, kind) for one, kind in tried if _answer(world, *one, bad[kind])[0] != 401] == []
    assert len(routes) > 80 and len(harm) > 10 and written() == before


def test_one_that_holds_is_let_in_everywhere(world):
    """The proof of the proof."""
    held = tokens().issue(make_user("boss", role="admin")).access
    assert [path for _get, path in _routes("GET") if _answer(world, "GET", path, held)[0] == 401] == []
