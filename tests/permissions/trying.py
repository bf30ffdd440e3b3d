"""A cell of the matrix, tried: requests, and how the answer counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.permissions import bodies
from tests.permissions.matrix import Row
from tests.permissions.world import FOREIGN, OTHER, World, params, undone, written

SIGN_IN = ("/account/login/", "/admin/login/", "/django-admin/login/")

OF_A_SIGN_IN = ("/account/second-factor/",)  # whose thing is in the session: the sign-in that was begun there


@dataclass(frozen=True)
class Attempt:
    role: str
    whose: str
    token: bool  # guests: with the token of their cart
    allowed: bool

    def __str__(self) -> str:
        owner = "its own" if self.whose == self.role else "somebody else's"
        return f"{self.role}{' without a token' if self.role == 'guest' and not self.token else ''}, {owner}"


def attempts(world: World, row: Row, role: str) -> Iterator[Attempt]:
    """`yes`: somebody else's thing too. `own`: one's own and no other. `no`: neither."""
    word, single = row.may[role], world.has_own(row.route, role)
    if word == "own":
        yield Attempt(role, role, True, True)
        if params(row.route):
            yield Attempt(role, OTHER, True, False)
        if role == "guest" and (params(row.route) or row.route in OF_A_SIGN_IN):
            yield Attempt(role, role, False, False)
        return
    yield Attempt(role, OTHER, word == "no", word == "yes")
    if word == "no" and single:
        yield Attempt(role, role, True, False)
    if word == "no" and role == "guest":
        yield Attempt(role, role, False, False)


def faults(world: World, row: Row, attempt: Attempt) -> list[str]:
    """What is not as the matrix says, in words."""
    send = _request(world, row, attempt)
    with undone():
        before = written()
        answer = send()
        said, after = _said(answer), written()
        body = b"" if answer.streaming else answer.content
    what = f"{row}: {attempt}: {said}"
    if attempt.allowed:
        wrong = [f"{what}, but the matrix allows it"] if is_refused(answer) or not _is_understood(answer) else []
        leaks = FOREIGN.encode() in body and row.may[attempt.role] == "own" and attempt.whose == attempt.role
        return [*wrong, f"{what} holds what is somebody else's"] if leaks else wrong
    if not is_refused(answer) and answer.status_code not in (405, 415):
        return [f"{what}, but the matrix refuses it"]
    if answer.status_code == 401 and attempt.role != "guest":
        return [f"{what}, but they are signed in"]
    if (rightly := _refusal(row, attempt)) and answer.status_code not in (*rightly, 415):
        return [f"{what}, but it ought to be {' or '.join(map(str, rightly))}"]
    changed = {table for table, count in after.items() if count != before.get(table, 0)}
    return [f"{what}, yet rows were written: {', '.join(sorted(changed))}"] if changed else []


def _request(world: World, row: Row, attempt: Attempt) -> Callable[[], Any]:
    page = not row.route.startswith("/api/")
    client = world.client(attempt.role, page=page, token=attempt.token)
    url = world.url(row.route, attempt.whose)
    if row.method == "GET":
        return lambda: client.get(url)
    body = _encoded(bodies.of(world, row, attempt.whose), page)
    return lambda: client.generic(row.method, url, **body)


def _encoded(body: dict[str, Any], page: bool) -> dict[str, Any]:
    if page:
        return {"data": urlencode(body), "content_type": "application/x-www-form-urlencoded"}
    return {"data": json.dumps(body), "content_type": "application/json"}


def is_refused(answer: Any) -> bool:
    """401, 403, 404; of pages also: led to the sign-in, or back to the admin's start."""
    if answer.status_code in (301, 302, 303):
        return answer.url.partition("?")[0] in (*SIGN_IN, "/admin/")
    return answer.status_code in (401, 403, 404)


def _refusal(row: Row, attempt: Attempt) -> tuple[int, ...]:
    """How the API refuses; empty where several answers are right."""
    if not row.route.startswith("/api/") or set(row.may.values()) == {"no"}:
        return ()  # a page; or a thing that nobody gets for who they are
    if attempt.role == "guest" and not params(row.route):
        return (401,)
    hidden = row.may[attempt.role] == "own" and attempt.whose == OTHER and attempt.role in ("customer", "vendor")
    return (404,) if hidden else ()


def _is_understood(answer: Any) -> bool:
    """A body that is not right, a state that does not allow it, a gateway that is away: the person was let in."""
    return answer.status_code < 400 or answer.status_code in (400, 409, 410, 412, 415, 422, 428, 503)


def _said(answer: Any) -> str:
    where = f" to {answer.url}" if answer.status_code in (301, 302, 303) else ""
    return f"{answer.status_code}{where}"
