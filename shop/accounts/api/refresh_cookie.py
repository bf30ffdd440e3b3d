"""The refresh token in a cookie, for browsers: no script reads it, and no other site's page has it sent."""

from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from shop.accounts.errors import NotFromHere
from shop.core.origin import comes_from_here

PATH = "/api/self/"


def name_of(request: Request) -> str:
    """With https the prefix makes browsers refuse the cookie from anywhere that is not."""
    return "__Secure-refresh" if request.is_secure() else "refresh"


def read(request: Request) -> str:
    """The token of the cookie, empty without one. Raises NotFromHere for another site's page (beside SameSite=Strict)."""
    token = request.COOKIES.get(name_of(request), "")
    if token:
        must_come_from_here(request)
    return token


def must_come_from_here(request: Request) -> None:
    if not comes_from_here(request._request):
        raise NotFromHere


def put(request: Request, response: Response, token: str) -> None:
    response.set_cookie(
        name_of(request), token, max_age=settings.HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN, path=PATH,
        secure=request.is_secure(), httponly=True, samesite="Strict",
    )  # fmt: skip


def clear(request: Request, response: Response) -> None:
    if name_of(request) in request.COOKIES:
        response.delete_cookie(name_of(request), path=PATH, samesite="Strict")
