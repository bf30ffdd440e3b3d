"""Sign in, refresh, sign out."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response

from shop.accounts.api import serializers as s
from shop.accounts.api.views import OpenView, PersonalView
from shop.accounts.errors import TokenInvalid
from shop.accounts.limits import SIGN_INS_OF_ADDRESS
from shop.accounts.models import User
from shop.accounts.services.check_credentials import check_credentials
from shop.accounts.sign_in_hooks import signed_in
from shop.accounts.token_strategy import Tokens, tokens
from shop.core import limits

SIGN_IN = OpenApiExample("Asha", {"username": "asha", "password": "correct horse battery"}, request_only=True)


def sign_in(view: PersonalView, request) -> Response:
    """POST /api/self/; its other methods want a signed-in caller and stand in `own.py`."""
    limits.count_address(SIGN_INS_OF_ADDRESS, request)
    body = view.read(s.SignIn)
    user: User = check_credentials(login=body["username"], password=body["password"])
    pair = tokens().issue(user)
    signed_in(request, user)
    return Response(told(pair) | {"user": s.Profile(user).data})


def told(pair: Tokens) -> dict[str, str]:
    return {"token": pair.access, "access": pair.access, "refresh": pair.refresh}


class Refresh(OpenView):
    @extend_schema(tags=["users"], summary="New tokens for a refresh token", request=s.RefreshToken,
                   responses={200: s.TokenPair})  # fmt: skip
    def post(self, request):
        pair = tokens().refresh_token(self.read(s.RefreshToken)["refresh"])
        if pair is None:
            raise TokenInvalid
        return Response(told(Tokens(*pair)))


class Logout(OpenView):
    @extend_schema(tags=["users"], summary="Sign out: ends the refresh token and its access tokens",
                   request=s.RefreshToken, responses={204: None})  # fmt: skip
    def post(self, request):
        tokens().revoke(self.read(s.RefreshToken)["refresh"])
        return Response(status=204)
