"""`Idempotency-Key` at the API's door: `@idempotent` on the `post` of a view."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from shop.core.api.caller import caller_of
from shop.core.errors import Invalid
from shop.core.idempotency import Claim, claim

PRINTABLE_ASCII = re.compile(r"[\x20-\x7e]{1,255}")
PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="1 to 255 printable ASCII characters. The same key and body give the first answer again "
    "(`Idempotent-Replayed: true`); another body 422; while the first still runs 409. Kept at least 24 hours.",
)
Maker = Callable[[dict[str, Any]], Any]
_secrets: dict[str, Maker] = {}


def made_again(name: str) -> Callable[[Maker], Maker]:
    """Register the maker of a secret member of answers, such as an order's token. It is not kept with the answer; for a
    replay it is made anew from the answer around it."""

    def register(make: Maker) -> Maker:
        _secrets[name] = make
        return make

    return register


def idempotency_key_of(request: Request) -> str | None:
    """The caller's key, None if none was sent. Raises Invalid for one that is empty, too long or not printable."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not PRINTABLE_ASCII.fullmatch(key):
        message = _("Must be 1 to 255 printable ASCII characters.")
        raise Invalid(message, code="invalid_idempotency_key", errors={"Idempotency-Key": [message]})
    return key


def idempotent(post: Callable[..., Response]) -> Callable[..., Response]:
    """Answer a repeated call with the first answer. Only 2xx answers are kept. Three queries, none without a key.

    A process that dies between the work and the note of its answer does the work again for the same key: for work that
    knows its key itself (orders, refunds), or that changes nothing the second time.
    """
    return _once(post, contextlib.nullcontext)


def idempotent_as_one(post: Callable[..., Response]) -> Callable[..., Response]:
    """The same, with work and note in one transaction: both are there, or neither. For work that calls nobody."""
    return _once(post, transaction.atomic)


def _once(post: Callable[..., Response], together: Callable[[], AbstractContextManager]) -> Callable[..., Response]:
    @extend_schema(parameters=[PARAMETER])
    @functools.wraps(post)
    def once(view, request: Request, *args, **kwargs) -> Response:
        key = idempotency_key_of(request)
        if key is None:
            return post(view, request, *args, **kwargs)
        caller = caller_of(request).key
        with claim(caller=caller, path=request.path[:200], key=key, fingerprint=_fingerprint(request)) as claimed:
            if (replay := _replay(claimed)) is not None:
                return replay
            with together():
                return _first(claimed, post(view, request, *args, **kwargs))

    return once


def _fingerprint(request: Request) -> str:
    """SHA-256 of the parsed body, so that white space and the order of members do not make another call of it."""
    return hashlib.sha256(json.dumps(request.data, sort_keys=True, default=str).encode()).hexdigest()


def _replay(claimed: Claim) -> Response | None:
    if claimed.status is None:
        return None
    body = claimed.body
    if isinstance(body, dict):
        body = body | {name: make(body) for name, make in _secrets.items() if name in body}
    return Response(body, status=claimed.status, headers={"Idempotent-Replayed": "true"})


def _first(claimed: Claim, response: Response) -> Response:
    if 200 <= response.status_code < 300:
        claimed.keep(response.status_code, _without_secrets(json.loads(json.dumps(response.data, cls=JSONEncoder))))
    return response


def _without_secrets(body: Any) -> Any:
    return (
        {name: None if name in _secrets else value for name, value in body.items()} if isinstance(body, dict) else body
    )
