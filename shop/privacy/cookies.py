"""The consent that a browser keeps. A script reads it, to know whether to ask; it holds nothing that signs anybody in."""

from __future__ import annotations

from typing import Any, TypeVar

from shop.privacy.rules import COOKIE, KEPT_SECONDS, Choice, read_cookie

Answer = TypeVar("Answer", bound=Any)


def choice_in(request: Any) -> Choice | None:
    return read_cookie(request.COOKIES.get(COOKIE))


def visitor_of(request: Any) -> str:
    """The id that this browser agreed to be counted under; empty without a yes."""
    choice = choice_in(request)
    return choice.visitor if choice and choice.given else ""


def keep(answer: Answer, choice: Choice, *, secure: bool) -> Answer:
    answer.set_cookie(COOKIE, choice.cookie, max_age=KEPT_SECONDS, samesite="Lax", secure=secure)
    return answer
