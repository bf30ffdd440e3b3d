"""What a service token can be allowed. Scopes are narrow: what one does not name, it does not allow."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.translation import gettext_lazy as _

PREFIX = "est_"
SCOPES = {
    "catalogue:read": _("Read products and categories, with what was taken away since"),
    "catalogue:draft": _("Save drafts of products; a person publishes them"),
    "catalogue:publish": _("Change and publish products and categories"),
    "prices:write": _("Set prices"),
    "stock:read": _("Read stock"),
    "stock:write": _("Set stock"),
    "orders:read": _("Read all orders, with names and addresses"),
    "orders:ship": _("Send parcels and mark orders as delivered"),
}
IMPLIED = {"catalogue:publish": {"catalogue:draft", "catalogue:read"}, "catalogue:draft": {"catalogue:read"},
           "stock:write": {"stock:read"}, "orders:ship": {"orders:read"}}  # fmt: skip


def new_secret() -> str:
    """256 bits, recognizable to those who look for secrets in the wrong places."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def is_within(scopes: list[str], wanted: str) -> bool:
    """Whether the scopes allow what `wanted` names."""
    return any(scope == wanted or wanted in IMPLIED.get(scope, ()) for scope in scopes)
