"""`If-Match`: a change is made only to what its client has seen."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from shop.core.api.conditional import in_xml, tag_of
from shop.core.db import lock_in_order
from shop.core.errors import Refusal


class PreconditionFailed(Refusal):
    status = 412
    code = "precondition_failed"
    title = _("It has been changed since you read it. Read it again, then repeat your change.")


@contextlib.contextmanager
def matching(request: Request, *, rows: models.QuerySet, tag: Callable[[], str]) -> Iterator[None]:
    """With `If-Match`: hold `rows` locked, and go on only while `tag()` (of the answer to `GET`) is one that it names.
    Without: nothing is locked or asked. Raises PreconditionFailed. Locks: the rows by primary key.
    """
    wanted = request.headers.get("If-Match")
    if wanted is None:
        yield
        return
    with transaction.atomic():
        lock_in_order(rows)
        if not _is_named(wanted, tag()):
            raise PreconditionFailed
        yield


def _is_named(wanted: str, tag: str) -> bool:
    """A tag that was weakened on its way names the same: whatever packs an answer (gzip, nginx) writes `W/` before ours,
    and most clients take packed ones. RFC 9110 compares strongly here, for tags that vouch for less than the thing;
    these are made of what it says.
    """
    named = {part.strip().removeprefix("W/") for part in wanted.split(",")}
    return wanted.strip() == "*" or not named.isdisjoint({tag, in_xml(tag)})


def tag_of_json(answer: Any) -> str:
    return tag_of(json.dumps(answer, cls=JSONEncoder, sort_keys=True).encode())


def tagged(request: Request, answer: Any, *, tag: str = "", **options: Any) -> Response:
    """An answer about one thing, with the ETag that `If-Match` wants."""
    tag = tag or tag_of_json(answer)
    response = Response(answer, **options)
    response.headers["ETag"] = in_xml(tag) if request.accepted_renderer.format == "xml" else tag
    return response
