"""The end of every way to sign in: tokens, or a question for the second factor."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework.response import Response

from shop.accounts import challenges, devices
from shop.accounts.api import refresh_cookie
from shop.accounts.api import serializers as s
from shop.accounts.errors import SecondFactorMissing, SecondFactorNeeded
from shop.accounts.models import User
from shop.accounts.services.ask_second_factor import ask_second_factor
from shop.accounts.sign_in_hooks import signed_in
from shop.accounts.token_strategy import Tokens, tokens


def enter(request, user: User, *, cookie: bool, proved: bool = False, **more: Any) -> Response:
    """Tokens for somebody who has shown all that is asked of them."""
    if cookie:
        refresh_cookie.must_come_from_here(request)
    pair = tokens().issue(user, device=devices.device_of_request(request), proved=proved)
    signed_in(request, user)
    return answer(request, pair, cookie=cookie, user=s.Profile(user).data, **more)


def enter_or_ask(request, user: User, *, cookie: bool) -> Response:
    """After the first proof. Raises SecondFactorNeeded, SecondFactorMissing."""
    now = timezone.now()
    asked = ask_second_factor(user=user, at=now)
    if asked is None:
        return enter(request, user, cookie=cookie)
    told: dict[str, Any] = {
        "challenge": asked.key,
        "methods": list(asked.methods),
        "expires_in": int(challenges.LIFE.total_seconds()),
    }
    if not asked.methods:
        raise SecondFactorMissing(**told)
    raise SecondFactorNeeded(**told)


def answer(request, pair: Tokens, *, cookie: bool, **more: Any) -> Response:
    """A refresh token in the cookie stands in no body."""
    told = {"token": pair.access, "access": pair.access}
    response = Response((told if cookie else told | {"refresh": pair.refresh}) | more)
    if cookie and pair.refresh:
        refresh_cookie.put(request, response, pair.refresh)
    return response
