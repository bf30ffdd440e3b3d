"""Who opens a page: the session's user, the browser's cart cookie, and for one order the token of its link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shop.core.api.caller import Caller, hash_order_token, hash_token

CART_COOKIE = "cart_token"
KEPT_SECONDS = 180 * 24 * 3600
ORDER_TOKENS = "order_tokens"  # in the session: the order's number → SHA-256 of the token that was shown
MOST_TOKENS = 20


def page_caller(request: HttpRequest) -> Caller:
    """Headers of programs count for nothing here: only what a browser keeps for this shop."""
    user = request.user if request.user.is_authenticated else None
    cart = hash_token(request.COOKIES.get(CART_COOKIE))
    order = _order_token(request)
    if user is not None:
        key = f"user:{user.pk}"
    else:
        key = f"cart:{cart[:32]}" if cart else f"anon:{request.META.get('REMOTE_ADDR', '')}"
    return Caller(user, cart, order, key)


def _order_token(request: HttpRequest) -> str | None:
    """Of the order that the address names; other pages do not touch the session for it."""
    number = request.resolver_match.kwargs.get("number") if request.resolver_match else None
    return request.session.get(ORDER_TOKENS, {}).get(number) if number else None


def holder_of(order_token: str) -> Caller:
    """Whoever has the link of one order, and nothing else."""
    return Caller(None, None, hash_order_token(order_token), "")


def is_over(order_token: str) -> bool:
    """Of a letter's link that is good for a day: older, or changed."""
    return bool(order_token) and hash_order_token(order_token) is None


def keep_order_token(request: HttpRequest, number: str, token: str) -> None:
    """Remember the token of a mailed link, so that the address can lose it."""
    kept = {known: value for known, value in request.session.get(ORDER_TOKENS, {}).items() if known != number}
    newest = list(kept.items())[-MOST_TOKENS + 1 :]
    request.session[ORDER_TOKENS] = {**dict(newest), number: hash_order_token(token)}


def know_cart_token(request: HttpRequest, token: str) -> None:
    """A cart was made just now: the rest of this request belongs to its holder."""
    if token:
        request.COOKIES[CART_COOKIE] = token


def keep_cart_token(request: HttpRequest, response: HttpResponse, token: str) -> HttpResponse:
    if token:
        response.set_cookie(
            CART_COOKIE, token, max_age=KEPT_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
