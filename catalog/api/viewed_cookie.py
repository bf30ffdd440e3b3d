"""What a guest looked at: ids of products in a cookie of the shop's own, which no script reads."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from catalog.viewed.models import KEPT

COOKIE = "viewed"
SECONDS = 30 * 24 * 3600


def ids_in_cookie(request: HttpRequest) -> list[int]:
    """The latest first; what is no id is passed over."""
    parts = request.COOKIES.get(COOKIE, "")[:500].split(".")
    return [int(part) for part in parts if part.isascii() and part.isdigit() and 0 < len(part) < 19][:KEPT]


def keep_ids(response: HttpResponseBase, ids: Sequence[int]) -> None:
    kept = ".".join(str(id_) for id_ in list(dict.fromkeys(ids))[:KEPT])
    response.set_cookie(
        COOKIE, kept, max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
