"""Sign in, refresh, sign out."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response

from shop.accounts.api import refresh_cookie
from shop.accounts.api import serializers as s
from shop.accounts.api.entering import answer, enter_or_ask
from shop.accounts.api.views import OpenView, PersonalView
from shop.accounts.errors import TokenInvalid
from shop.accounts.limits import SIGN_INS_OF_ADDRESS
from shop.accounts.models import User
from shop.accounts.rules import NEEDED
from shop.accounts.services.check_credentials import check_credentials
from shop.accounts.token_strategy import tokens
from shop.core import limits
from shop.core.errors import Invalid

SIGN_IN = OpenApiExample("Asha", {"username": "asha", "password": "correct horse battery"}, request_only=True)


def sign_in(view: PersonalView, request) -> Response:
    """POST /api/self/; its other methods want a signed-in caller and stand in `own.py`."""
    limits.count_address(SIGN_INS_OF_ADDRESS, request)
    body = view.read(s.SignIn)
    user: User = check_credentials(login=body["username"], password=body["password"])
    return enter_or_ask(request, user, cookie=body["cookie"])


class Refresh(OpenView):
    @extend_schema(tags=["users"], summary="New tokens for a refresh token, of the body or of the cookie",
                   request=s.RefreshToken, responses={200: s.TokenPair})  # fmt: skip
    def post(self, request):
        token, by_cookie = _token_of(self, request)
        pair = tokens().renew(token, by_cookie=by_cookie)
        if pair is None:
            raise TokenInvalid
        return answer(request, pair, cookie=by_cookie)


class Logout(OpenView):
    @extend_schema(tags=["users"], summary="Sign out: ends the refresh token and its access tokens",
                   request=s.RefreshToken, responses={204: None})  # fmt: skip
    def post(self, request):
        tokens().revoke(_token_of(self, request)[0])
        response = Response(status=204)
        refresh_cookie.clear(request, response)
        return response


def _token_of(view: PersonalView, request) -> tuple[str, bool]:
    """The token of the body, else of the cookie, and whether it came by the cookie. Raises Invalid, NotFromHere."""
    if told := view.read(s.RefreshToken).get("refresh"):
        return told, False
    kept = refresh_cookie.read(request)
    if not kept:
        raise Invalid(errors={"refresh": [NEEDED]})
    return kept, True
