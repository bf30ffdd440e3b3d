"""Refusals: facts that a door turns into a problem document (API) or a message (page). One shape at both doors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A use case says no. `code` is a stable word for programs, `members` are extension members of RFC 9457."""

    status: ClassVar[int] = 400
    code: str = "bad_request"
    title: Any = _("This cannot be done")

    def __init__(
        self, detail: Any = "", *, code: str = "", errors: Mapping[str, list] | None = None, **members: Any
    ) -> None:
        super().__init__(str(detail))
        self.detail = detail or self.title
        self.code = code or self.code
        self.errors = dict(errors or {})
        self.members = members


class Invalid(Refusal):
    """Bad input. `errors` maps each field to its messages."""

    code = "invalid"
    title = _("Some of what was sent cannot be used")


class NotAllowed(Refusal):
    status = 403
    code = "not_allowed"
    title = _("You may not do this")


class NotThere(Refusal):
    """Not there, or not yours: the two answer alike."""

    status = 404
    code = "not_found"
    title = _("Not found")


class Conflict(Refusal):
    """The state of things does not allow it now."""

    status = 409
    code = "conflict"
    title = _("Not possible at the moment")


class Unprocessable(Refusal):
    status = 422
    code = "unprocessable"
    title = _("This request cannot be processed")


class Unavailable(Refusal):
    """Something outside does not answer; `retry_after` seconds may help."""

    status = 503
    code = "unavailable"
    title = _("Try again in a moment")

    def __init__(self, detail: Any = "", *, retry_after: int = 10, **rest: Any) -> None:
        super().__init__(detail, **rest)
        self.retry_after = retry_after
