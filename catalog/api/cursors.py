"""Where a client stands in a list: signed, so that only what we have said comes back."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from shop.core.errors import Invalid

SALT = "catalog.cursor"


def cursor_of(*where: Any) -> str:
    return signing.Signer(salt=SALT).sign_object(where, compress=True)


def place_of(cursor: str, kind: str) -> list[Any]:
    """What `cursor_of(kind, …)` was given after the kind. Raises Invalid for anything else."""
    try:
        said, *where = signing.Signer(salt=SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        said, where = None, []
    if said != kind:
        raise Invalid(errors={"cursor": [_("This is no cursor of this list. Begin with an empty one.")]})
    return where
