"""Parameters of a query, read strictly: whatever stands there must fit, an empty value too. `?page=` is no page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from shop.core.errors import Invalid

TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_ID = re.compile(r"[1-9][0-9]{0,17}")  # what a bigint holds


def flag_of(request: Any, name: str, *, without: bool | None = False) -> Any:
    """A parameter that is true or false; `without` where it is not there. Raises Invalid for anything else."""
    if name not in request.GET:
        return without
    asked = request.GET[name].lower()
    if asked not in TRUTHS:
        raise Invalid(errors={name: [_("true or false.")]})
    return TRUTHS[asked]


def choice_of(request: Any, name: str, known: Iterable[str]) -> str:
    """One of the known words; empty where it is not there. Raises Invalid for anything else."""
    asked, words = request.GET.get(name), list(known)
    if asked is not None and asked not in words:
        raise Invalid(errors={name: [_("One of: %(known)s.") % {"known": ", ".join(words)}]})
    return asked or ""


def id_of(request: Any, name: str) -> int | None:
    """The id of something, None where it is not there. Raises Invalid for what can be no id."""
    asked = request.GET.get(name)
    if asked is None:
        return None
    if not _ID.fullmatch(asked):
        raise Invalid(errors={name: [_("A whole number from 1.")]})
    return int(asked)
